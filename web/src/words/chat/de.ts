import type { ChatWords } from "./en.ts";

export const germanChat: ChatWords = {
  you: "Sie",
  answer: "Antwort",
  thinking: "denkt nach",
  parts: { image: "Bild", audio: "Ton", video: "Video", table: "Tabelle", file: "Datei" },
  like: "Gute Antwort",
  dislike: "Schlechte Antwort",
  fileGone: "Hier war eine Datei; sie gehörte zu ihrem Lauf.",
  write: "Nachricht schreiben …",
  sendByKey: "Senden (Eingabetaste)",
  stop: "Stopp",
  askAgain: "Noch einmal fragen",
  takeBack: "Zurücknehmen",
  own: {
    edit: "Ihre Nachricht ändern",
    field: "Ihre Nachricht",
    cancel: "Abbrechen",
    options: "Vorschläge",
  },
  clear: "Leeren",
};
