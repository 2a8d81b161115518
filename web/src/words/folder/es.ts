import type { FolderWords } from "./en.ts";

export const spanishFolder: FolderWords = {
  invitation: "Suelte una carpeta, o haga clic para elegirla",
  many: (found, most) => `La carpeta tiene ${found} archivos; se aceptan como máximo ${most}.`,
  large: (found, most) => `Los archivos de la carpeta ocupan ${found}; se aceptan como máximo ${most}.`,
  noFolder: (name) => `${name} es una carpeta. Aquí solo se aceptan archivos.`,
  leftOut: (amount, name) =>
    `Archivos que se omiten porque aquí no se aceptan: ${amount}, el primero es ${name}.`,
  empty: "En la carpeta no hay ningún archivo que se acepte aquí.",
  unread: "No se ha podido leer la carpeta.",
  clear: "Quitar todo",
};
