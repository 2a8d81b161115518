/** Words about two pictures that are compared, which come with what shows them. */
export const englishCompare = {
  before: "before",
  after: "after",
  compare: (name: string) => `${name}: how much is shown of the picture before`,
};

export type CompareWords = typeof englishCompare;
