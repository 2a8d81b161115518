import type { ChatWords } from "./en.ts";

export const portugueseChat: ChatWords = {
  you: "Você",
  answer: "Resposta",
  thinking: "pensando",
  parts: { image: "Imagem", audio: "Som", video: "Vídeo", table: "Tabela", file: "Arquivo" },
  like: "Boa resposta",
  dislike: "Má resposta",
  fileGone: "Havia um arquivo aqui; ele era guardado com a sua execução.",
  write: "Escreva uma mensagem…",
  sendByKey: "Enviar (Enter)",
  stop: "Parar",
  askAgain: "Perguntar de novo",
  takeBack: "Desfazer",
  own: { edit: "Alterar sua mensagem", field: "Sua mensagem", cancel: "Cancelar", options: "Sugestões" },
  clear: "Limpar",
};
