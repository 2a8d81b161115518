import type { PlayerWords } from "./en.ts";

export const frenchPlayer: PlayerWords = {
  play: "Lire",
  pause: "Pause",
  soundOn: "Activer le son",
  soundOff: "Couper le son",
  live: "Direct",
  fromStart: "Depuis le début",
  position: (label) => `Position dans ${label}`,
  downloadIt: "Télécharger",
  connectionLost: "La connexion est perdue, nouvel essai…",
  stalls: {
    more: "En attente de la suite : la démo n’a pas encore envoyé la prochaine partie.",
    loading: "La prochaine partie arrive…",
    late: "La lecture n’a pas commencé : le début n’est pas arrivé, ou ce navigateur ne l’ouvre pas.",
    stuck: "La suite est là, mais ce navigateur ne la lit pas.",
  },
  noFullScreen: "Ce navigateur ne l’affiche pas en plein écran.",
  momentOf: (position, end) => `${position} sur ${end}`,
  unplayable: "Ce navigateur n’a pas pu le lire.",
  unplayableType: (mime) => `Ce navigateur ne lit pas ${mime}.`,
  noDevice: "Il n’y a pas d’appareil pour le son. Branchez-en un et relancez.",
  failed: "La lecture a échoué.",
  undecodable: "Ce navigateur n’a pas pu décoder une partie du flux.",
  streamGone: "Le serveur n’a plus ce flux.",
  restGone: "Le serveur n’a plus la suite de ce flux.",
};
