import type { PlayerWords } from "./en.ts";

export const arabicPlayer: PlayerWords = {
  play: "تشغيل",
  pause: "إيقاف مؤقت",
  soundOn: "تشغيل الصوت",
  soundOff: "كتم الصوت",
  live: "مباشر",
  fromStart: "من البداية",
  position: (label) => `الموضع في ${label}`,
  downloadIt: "تنزيل",
  connectionLost: "انقطع الاتصال، جارٍ المحاولة مجددًا…",
  stalls: {
    more: "في انتظار المزيد: لم يرسل العرض الجزء التالي بعد.",
    loading: "الجزء التالي في الطريق…",
    late: "لم يبدأ التشغيل: لم تصل البداية، أو لا يفتحها هذا المتصفح.",
    stuck: "الجزء موجود، لكن هذا المتصفح لا يتابع تشغيله.",
  },
  noFullScreen: "لا يعرضه هذا المتصفح بملء الشاشة.",
  momentOf: (position, end) => `${position} من ${end}`,
  unplayable: "تعذر على هذا المتصفح تشغيله.",
  unplayableType: (mime) => `لا يشغّل هذا المتصفح ${mime}.`,
  noDevice: "لا يوجد جهاز لإخراج الصوت. صِل جهازًا وشغّل مرة أخرى.",
  failed: "حدث خطأ أثناء التشغيل.",
  undecodable: "تعذر على هذا المتصفح فك ترميز جزء من البث.",
  streamGone: "لم يعد هذا البث لدى الخادم.",
  restGone: "لم تعد بقية هذا البث لدى الخادم.",
};
