import type { ModelWords } from "./en.ts";

export const arabicModels: ModelWords = {
  invitation: "أفلت نموذج 3D أو انقر للاختيار",
  chosen: "اختير نموذج 3D.",
  refused: (file) => `الملف ${file} ليس نموذج 3D مقبولًا هنا.`,
  loading: "يجري تحميل نموذج 3D…",
  view: (label) => `${label}، نموذج 3D`,
  triangles: (amount) => `المثلثات: ${amount}`,
  points: (amount) => `النقاط: ${amount}`,
  outside: (amount) => `الملفات التي يشير إليها ولا تُحمَّل: ${amount}`,
  keys: "اسحب لتدويره، وبالزر الأيمن أو بإصبعين لتحريكه. مفاتيح الأسهم تدوّره، ومع مفتاح Shift تحرّكه؛ زائد وناقص للتكبير والتصغير، و0 لإعادة العرض.",
  zoomIn: "تكبير",
  zoomOut: "تصغير",
  reset: "إعادة العرض",
  trouble: {
    noWebgl: "لا يستطيع هذا المتصفح رسم 3D هنا: تقنية WebGL غير متوفرة أو معطلة.",
    damaged: "الملف تالف أو ليس نموذج 3D يمكن عرضه.",
    compressed: "الملف مضغوط بطريقة لا يمكن عرضها هنا.",
    outside: "الأشكال في ملف آخر لا يُحمَّل.",
    nothing: "لا يوجد شكل في الملف.",
    notLoaded: "تعذر تحميل نموذج 3D.",
    lost: "توقف المتصفح عن رسم 3D. أعد تحميل الصفحة لرؤيته من جديد.",
  },
};
