/** Words about results that are recordings, which come with what shows them. */
export const englishRecorded = {
  /** Of a run that was not run now; `when` is a date and a time. */
  recorded: (when: string) => `A recording of this example, made ${when}.`,
  runNow: "Run it now",
};

export type RecordedWords = typeof englishRecorded;
