import type { ModelWords } from "./en.ts";

export const frenchModels: ModelWords = {
  invitation: "Déposez un modèle 3D ou cliquez pour choisir",
  chosen: "Un modèle 3D est choisi.",
  refused: (file) => `${file} n’est pas un modèle 3D accepté ici.`,
  loading: "Chargement du modèle 3D…",
  view: (label) => `${label}, un modèle 3D`,
  triangles: (amount) => `Triangles : ${amount}`,
  points: (amount) => `Points : ${amount}`,
  outside: (amount) => `Fichiers auxquels il renvoie et qui ne sont pas chargés : ${amount}`,
  keys: "Faites glisser pour le tourner, avec le bouton droit ou deux doigts pour le déplacer. Les flèches le tournent et, avec Maj, le déplacent ; plus et moins zooment, 0 rétablit la vue.",
  zoomIn: "Zoom avant",
  zoomOut: "Zoom arrière",
  reset: "Rétablir la vue",
  trouble: {
    noWebgl: "Ce navigateur ne peut pas dessiner en 3D ici : WebGL manque ou est désactivé.",
    damaged: "Le fichier est endommagé ou n’est pas un modèle 3D affichable.",
    compressed: "Le fichier est compressé d’une façon qui ne peut pas être affichée ici.",
    outside: "Les formes sont dans un autre fichier, qui n’est pas chargé.",
    nothing: "Le fichier ne contient aucune forme.",
    notLoaded: "Le modèle 3D n’a pas pu être chargé.",
    lost: "Le navigateur ne dessine plus en 3D. Rechargez la page pour le revoir.",
  },
};
