import type { ChatWords } from "./en.ts";

export const frenchChat: ChatWords = {
  you: "Vous",
  answer: "Réponse",
  thinking: "réfléchit",
  parts: { image: "Image", audio: "Son", video: "Vidéo", table: "Tableau", file: "Fichier" },
  like: "Bonne réponse",
  dislike: "Mauvaise réponse",
  fileGone: "Un fichier était ici ; il était conservé avec son exécution.",
  write: "Écrire un message…",
  sendByKey: "Envoyer (Entrée)",
  stop: "Arrêter",
  askAgain: "Redemander",
  takeBack: "Reprendre",
  own: {
    edit: "Modifier votre message",
    field: "Votre message",
    cancel: "Annuler",
    options: "Suggestions",
  },
  clear: "Effacer",
};
