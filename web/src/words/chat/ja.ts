import type { ChatWords } from "./en.ts";

export const japaneseChat: ChatWords = {
  you: "あなた",
  answer: "回答",
  thinking: "考え中",
  parts: { image: "画像", audio: "音声", video: "動画", table: "表", file: "ファイル" },
  like: "良い回答",
  dislike: "良くない回答",
  fileGone: "ここにファイルがありました。ファイルは実行とともに保存されていました。",
  write: "メッセージを入力…",
  sendByKey: "送信（Enter）",
  stop: "停止",
  askAgain: "もう一度聞く",
  takeBack: "取り消す",
  own: { edit: "メッセージを変更", field: "あなたのメッセージ", cancel: "キャンセル", options: "候補" },
  clear: "消去",
};
