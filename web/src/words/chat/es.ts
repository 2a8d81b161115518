import type { ChatWords } from "./en.ts";

export const spanishChat: ChatWords = {
  you: "Usted",
  answer: "Respuesta",
  thinking: "pensando",
  parts: { image: "Imagen", audio: "Sonido", video: "Vídeo", table: "Tabla", file: "Archivo" },
  like: "Buena respuesta",
  dislike: "Mala respuesta",
  fileGone: "Aquí había un archivo; se guardaba con su ejecución.",
  write: "Escriba un mensaje…",
  sendByKey: "Enviar (Intro)",
  stop: "Detener",
  askAgain: "Preguntar de nuevo",
  takeBack: "Deshacer",
  own: { edit: "Cambiar su mensaje", field: "Su mensaje", cancel: "Cancelar", options: "Sugerencias" },
  clear: "Vaciar",
};
