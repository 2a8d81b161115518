import type { FolderWords } from "./en.ts";

export const portugueseFolder: FolderWords = {
  invitation: "Solte uma pasta, ou clique para escolher",
  many: (found, most) => `A pasta tem ${found} arquivos; no máximo ${most} são aceitos.`,
  large: (found, most) => `Os arquivos da pasta têm ${found}; no máximo ${most} são aceitos.`,
  noFolder: (name) => `${name} é uma pasta. Aqui só são aceitos arquivos.`,
  leftOut: (amount, name) =>
    `Arquivos deixados de fora porque não são aceitos aqui: ${amount}, o primeiro é ${name}.`,
  empty: "Não há na pasta nenhum arquivo aceito aqui.",
  unread: "Não foi possível ler a pasta.",
  clear: "Remover tudo",
};
