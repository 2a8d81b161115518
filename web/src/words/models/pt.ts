import type { ModelWords } from "./en.ts";

export const portugueseModels: ModelWords = {
  invitation: "Solte um modelo 3D ou clique para escolher",
  chosen: "Um modelo 3D foi escolhido.",
  refused: (file) => `${file} não é um modelo 3D aceito aqui.`,
  loading: "Carregando o modelo 3D…",
  view: (label) => `${label}, um modelo 3D`,
  triangles: (amount) => `Triângulos: ${amount}`,
  points: (amount) => `Pontos: ${amount}`,
  outside: (amount) => `Arquivos a que ele se refere e que não são carregados: ${amount}`,
  keys: "Arraste para girar, com o botão direito ou dois dedos para mover. As setas giram e, com Shift, movem; mais e menos mudam o zoom, 0 restaura a vista.",
  zoomIn: "Aproximar",
  zoomOut: "Afastar",
  reset: "Restaurar a vista",
  trouble: {
    noWebgl: "Este navegador não consegue desenhar em 3D aqui: o WebGL falta ou está desligado.",
    damaged: "O arquivo está danificado ou não é um modelo 3D que possa ser mostrado.",
    compressed: "O arquivo está comprimido de uma forma que não pode ser mostrada aqui.",
    outside: "As formas estão em outro arquivo, que não é carregado.",
    nothing: "Não há nenhuma forma no arquivo.",
    notLoaded: "Não foi possível carregar o modelo 3D.",
    lost: "O navegador parou de desenhar em 3D. Recarregue a página para vê-lo de novo.",
  },
};
