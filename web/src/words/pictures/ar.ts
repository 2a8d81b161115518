import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const arabicPictures: Words["pictures"] = {
  invitation: "أفلت صورة أو الصقها أو انقر للاختيار",
  chosen: "اختيرت صورة.",
  remove: (label) => `إزالة صورة ${label}`,
  otherKind: (file) => `الملف ${file} ليس صورة.`,
  refused: (file) => `الصورة ${file} غير مقبولة هنا.`,
  dropped: "أفلت صورة أو انقر للاختيار",
  pasted: "انقر هنا ثم الصق صورة",
  useCamera: "استخدام الكاميرا",
  useScreen: "التقاط صورة للشاشة",
  draw: "رسم صورة",
  done: "تم",
};

export const arabicSketch: SketchWords = {
  canvas: (label) => `مساحة الرسم لـ ${label}`,
  keys: "تحرك مفاتيح الأسهم القلم، ومع مفتاح Shift بخطوات صغيرة. ويضعه مفتاح المسافة ويرفعه.",
  down: "القلم على الرسم",
  up: "رُفع القلم",
  tools: "الأدوات",
  pen: "قلم",
  eraser: "ممحاة",
  width: "سُمك الخط",
  color: "لون القلم",
  undo: "تراجع",
  redo: "إعادة",
  clear: "مسح الكل",
  size: "حجم الرسم",
  mask: (label) => `قناع على ${label}`,
  noMask: "لا يستطيع هذا المتصفح عرض الصورة، لذلك لا يمكن رسم قناع عليها. تُرسل من دون قناع.",
};
