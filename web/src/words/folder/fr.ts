import type { FolderWords } from "./en.ts";

export const frenchFolder: FolderWords = {
  invitation: "Déposez un dossier ou cliquez pour en choisir un",
  many: (found, most) => `Le dossier contient ${found} fichiers ; ${most} au plus sont acceptés.`,
  large: (found, most) => `Les fichiers du dossier font ${found} ; ${most} au plus sont acceptés.`,
  noFolder: (name) => `${name} est un dossier. Seuls les fichiers sont acceptés ici.`,
  leftOut: (amount, name) =>
    `Fichiers laissés de côté, car ils ne sont pas acceptés ici : ${amount}, le premier est ${name}.`,
  empty: "Le dossier ne contient aucun fichier accepté ici.",
  unread: "Le dossier n’a pas pu être lu.",
  clear: "Tout retirer",
};
