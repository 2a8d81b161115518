/** Words about folders of files, which come with what takes files. */
export const englishFolder = {
  invitation: "Drop a folder, or click to choose one",
  many: (found: number, most: number) => `The folder has ${found} files; at most ${most} are taken.`,
  large: (found: string, most: string) => `The files of the folder have ${found}; at most ${most} are taken.`,
  noFolder: (name: string) => `${name} is a folder. Only files are taken here.`,
  leftOut: (amount: number, name: string) =>
    `Files that are left out, because they are not taken here: ${amount}, the first of them is ${name}.`,
  empty: "There is no file in the folder that is taken here.",
  unread: "The folder could not be read.",
  clear: "Remove all",
};

export type FolderWords = typeof englishFolder;
