/** Words about keys, which come with what lists them and with the page for talks. */
export const englishShortcuts = {
  title: "Keyboard shortcuts",
  run: "Run, or send the message",
  find: "Find a demo",
  newLine: "A new line in a message",
  stop: "Stop the answer",
  turn: "Next or previous demo, shown to an audience",
  leave: "Leave",
  list: "This list",
};

export type ShortcutWords = typeof englishShortcuts;
