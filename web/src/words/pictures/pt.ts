import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const portuguesePictures: Words["pictures"] = {
  invitation: "Solte ou cole uma imagem, ou clique para escolher",
  chosen: "Uma imagem foi escolhida.",
  remove: (label) => `Remover a imagem de ${label}`,
  otherKind: (file) => `${file} não é uma imagem.`,
  refused: (file) => `${file} não é uma imagem aceita aqui.`,
  dropped: "Solte uma imagem, ou clique para escolher",
  pasted: "Clique aqui e cole uma imagem",
  useCamera: "Usar a câmera",
  useScreen: "Capturar a tela",
  draw: "Desenhar uma imagem",
  done: "Pronto",
};

export const portugueseSketch: SketchWords = {
  canvas: (label) => `Área de desenho de ${label}`,
  keys: "As setas movem o lápis, com Shift em passos pequenos. A barra de espaço o apoia e o levanta.",
  down: "Lápis apoiado",
  up: "Lápis levantado",
  tools: "Ferramentas",
  pen: "Lápis",
  eraser: "Borracha",
  width: "Espessura do traço",
  color: "Cor do lápis",
  undo: "Desfazer",
  redo: "Refazer",
  clear: "Apagar tudo",
  size: "Tamanho do desenho",
  mask: (label) => `Máscara sobre ${label}`,
  noMask:
    "Este navegador não consegue mostrar a imagem, por isso não se pode pintar uma máscara. Ela é enviada sem máscara.",
};
