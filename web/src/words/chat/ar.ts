import type { ChatWords } from "./en.ts";

export const arabicChat: ChatWords = {
  you: "أنت",
  answer: "الإجابة",
  thinking: "يفكر",
  parts: { image: "صورة", audio: "صوت", video: "فيديو", table: "جدول", file: "ملف" },
  like: "إجابة جيدة",
  dislike: "إجابة سيئة",
  fileGone: "كان هنا ملف، وكان محفوظًا مع تشغيله.",
  write: "اكتب رسالة…",
  sendByKey: "إرسال (Enter)",
  stop: "إيقاف",
  askAgain: "السؤال مجددًا",
  takeBack: "تراجع",
  own: { edit: "تعديل رسالتك", field: "رسالتك", cancel: "إلغاء", options: "اقتراحات" },
  clear: "مسح",
};
