import type { ModelWords } from "./en.ts";

export const spanishModels: ModelWords = {
  invitation: "Suelta un modelo 3D o haz clic para elegir",
  chosen: "Se ha elegido un modelo 3D.",
  refused: (file) => `${file} no es un modelo 3D que se acepte aquí.`,
  loading: "Cargando el modelo 3D…",
  view: (label) => `${label}, un modelo 3D`,
  triangles: (amount) => `Triángulos: ${amount}`,
  points: (amount) => `Puntos: ${amount}`,
  outside: (amount) => `Archivos a los que remite y que no se cargan: ${amount}`,
  keys: "Arrastra para girarlo, con el botón derecho o dos dedos para moverlo. Las flechas lo giran y, con Mayús, lo mueven; más y menos cambian el zoom, 0 restablece la vista.",
  zoomIn: "Acercar",
  zoomOut: "Alejar",
  reset: "Restablecer la vista",
  trouble: {
    noWebgl: "Este navegador no puede dibujar en 3D aquí: WebGL falta o está desactivado.",
    damaged: "El archivo está dañado o no es un modelo 3D que se pueda mostrar.",
    compressed: "El archivo está comprimido de una forma que no se puede mostrar aquí.",
    outside: "Las formas están en otro archivo, que no se carga.",
    nothing: "No hay ninguna forma en el archivo.",
    notLoaded: "No se ha podido cargar el modelo 3D.",
    lost: "El navegador ha dejado de dibujar en 3D. Recarga la página para volver a verlo.",
  },
};
