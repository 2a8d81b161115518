import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const frenchPictures: Words["pictures"] = {
  invitation: "Déposez ou collez une image, ou cliquez pour choisir",
  chosen: "Une image est choisie.",
  remove: (label) => `Retirer l’image de ${label}`,
  otherKind: (file) => `${file} n’est pas une image.`,
  refused: (file) => `${file} n’est pas une image acceptée ici.`,
  dropped: "Déposez une image, ou cliquez pour choisir",
  pasted: "Cliquez ici, puis collez une image",
  useCamera: "Utiliser la caméra",
  useScreen: "Capturer l’écran",
  draw: "Dessiner une image",
  done: "Terminé",
};

export const frenchSketch: SketchWords = {
  canvas: (label) => `Zone de dessin de ${label}`,
  keys: "Les flèches déplacent le crayon, à petits pas avec Maj. La barre d’espace le pose et le lève.",
  down: "Crayon posé",
  up: "Crayon levé",
  tools: "Outils",
  pen: "Crayon",
  eraser: "Gomme",
  width: "Épaisseur du trait",
  color: "Couleur du crayon",
  undo: "Annuler",
  redo: "Rétablir",
  clear: "Tout effacer",
  size: "Taille du dessin",
  mask: (label) => `Masque sur ${label}`,
  noMask:
    "Ce navigateur ne peut pas afficher l’image : aucun masque ne peut y être peint. Elle est envoyée sans masque.",
};
