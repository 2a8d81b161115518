import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const spanishPictures: Words["pictures"] = {
  invitation: "Suelte o pegue una imagen, o haga clic para elegirla",
  chosen: "Hay una imagen elegida.",
  remove: (label) => `Quitar la imagen de ${label}`,
  otherKind: (file) => `${file} no es una imagen.`,
  refused: (file) => `${file} no es una imagen que se acepte aquí.`,
  dropped: "Suelte una imagen, o haga clic para elegirla",
  pasted: "Haga clic aquí y pegue una imagen",
  useCamera: "Usar la cámara",
  useScreen: "Capturar la pantalla",
  draw: "Dibujar una imagen",
  done: "Listo",
};

export const spanishSketch: SketchWords = {
  canvas: (label) => `Área de dibujo de ${label}`,
  keys: "Las flechas mueven el lápiz, con Mayús en pasos pequeños. La barra espaciadora lo apoya y lo levanta.",
  down: "Lápiz apoyado",
  up: "Lápiz levantado",
  tools: "Herramientas",
  pen: "Lápiz",
  eraser: "Borrador",
  width: "Grosor del trazo",
  color: "Color del lápiz",
  undo: "Deshacer",
  redo: "Rehacer",
  clear: "Borrar todo",
  size: "Tamaño del dibujo",
  mask: (label) => `Máscara sobre ${label}`,
  noMask:
    "Este navegador no puede mostrar la imagen, así que no se puede pintar una máscara. Se envía sin ella.",
};
