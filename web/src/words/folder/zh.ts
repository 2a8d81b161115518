import type { FolderWords } from "./en.ts";

export const chineseFolder: FolderWords = {
  invitation: "拖放文件夹，或点击选择",
  many: (found, most) => `文件夹中有 ${found} 个文件；最多接受 ${most} 个。`,
  large: (found, most) => `文件夹中的文件共 ${found}；最多接受 ${most}。`,
  noFolder: (name) => `${name} 是文件夹。此处只接受文件。`,
  leftOut: (amount, name) => `因此处不接受而略过的文件：${amount}，第一个是 ${name}。`,
  empty: "文件夹中没有此处接受的文件。",
  unread: "无法读取该文件夹。",
  clear: "全部移除",
};
