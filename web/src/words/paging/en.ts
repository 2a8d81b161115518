/** Words about the pages of a table, which come with what shows them. */
export const englishPaging = {
  rows: "Rows",
  rowsShown: (first: number, last: number, all: number) => `${first}–${last} of ${all}`,
  columns: "Columns",
  columnsShown: (first: number, last: number, all: number) => `Columns ${first}–${last} of ${all}`,
};

export type PagingWords = typeof englishPaging;
