import type { FolderWords } from "./en.ts";

export const arabicFolder: FolderWords = {
  invitation: "أفلت مجلدًا أو انقر للاختيار",
  many: (found, most) => `في المجلد ${found} من الملفات؛ يُقبل ${most} على الأكثر.`,
  large: (found, most) => `حجم ملفات المجلد ${found}؛ يُقبل ${most} على الأكثر.`,
  noFolder: (name) => `${name} مجلد. تُقبل هنا الملفات فقط.`,
  leftOut: (amount, name) => `ملفات استُبعدت لأنها غير مقبولة هنا: ${amount}، أولها ${name}.`,
  empty: "لا يوجد في المجلد ملف مقبول هنا.",
  unread: "تعذرت قراءة المجلد.",
  clear: "إزالة الكل",
};
