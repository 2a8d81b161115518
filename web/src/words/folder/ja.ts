import type { FolderWords } from "./en.ts";

export const japaneseFolder: FolderWords = {
  invitation: "フォルダーをドロップ、またはクリックして選択",
  many: (found, most) =>
    `フォルダーには ${found} 個のファイルがあります。受け付けるのは ${most} 個までです。`,
  large: (found, most) => `フォルダーのファイルは合計 ${found} です。受け付けるのは ${most} までです。`,
  noFolder: (name) => `${name} はフォルダーです。ここではファイルだけを受け付けます。`,
  leftOut: (amount, name) => `ここで受け付けないため除いたファイル: ${amount}、最初のものは ${name} です。`,
  empty: "フォルダーにはここで受け付けるファイルがありません。",
  unread: "フォルダーを読み取れませんでした。",
  clear: "すべて外す",
};
