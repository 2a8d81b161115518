/** Words about calling the API, which come with what shows them. */
export const englishApi = {
  firstTheFile: "First the file; the answer has its id.",
  fileId: (address: string) => `FILE_ID: what a POST of the file to ${address} answers.`,
};

export type ApiWords = typeof englishApi;
