/** Words about fields for code and JSON, which come with what shows them. */
export const englishCodeFields = {
  /** Read aloud with a field for code. */
  tabIndents: "Tab indents. To leave the field, press Escape and then Tab.",
  notJson: "This is not JSON yet.",
  notJsonIn: (line: number) => `This is not JSON yet: look at line ${line}.`,
  jsonText: "Only a text: write an object, a list, a number, true or false.",
};

export type CodeFieldsWords = typeof englishCodeFields;
