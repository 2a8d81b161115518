import type { FolderWords } from "./en.ts";

export const germanFolder: FolderWords = {
  invitation: "Einen Ordner hierher ziehen oder zum Auswählen klicken",
  many: (found, most) => `Der Ordner hat ${found} Dateien; höchstens ${most} werden angenommen.`,
  large: (found, most) => `Die Dateien des Ordners haben ${found}; höchstens ${most} werden angenommen.`,
  noFolder: (name) => `${name} ist ein Ordner. Hier werden nur Dateien angenommen.`,
  leftOut: (amount, name) =>
    `Dateien, die weggelassen werden, weil sie hier nicht angenommen werden: ${amount}, die erste ist ${name}.`,
  empty: "In dem Ordner ist keine Datei, die hier angenommen wird.",
  unread: "Der Ordner konnte nicht gelesen werden.",
  clear: "Alle entfernen",
};
