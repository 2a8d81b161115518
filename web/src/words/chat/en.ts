/** Words about conversations, which come with what shows them. */
export const englishChat = {
  you: "You",
  answer: "Answer",
  thinking: "thinking",
  parts: { image: "Picture", audio: "Sound", video: "Video", table: "Table", file: "File" },
  like: "Good answer",
  dislike: "Bad answer",
  fileGone: "A file was here; it was kept with its run.",
  write: "Write a message…",
  sendByKey: "Send (Enter)",
  stop: "Stop",
  askAgain: "Ask again",
  takeBack: "Take back",
  own: { edit: "Change your message", field: "Your message", cancel: "Cancel", options: "Suggestions" },
  clear: "Clear",
};

export type ChatWords = typeof englishChat;
