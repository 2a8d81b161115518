/** Words about the catalog's page, which come with what shows them. */
import { countingIn } from "../figures.ts";

const phrase = countingIn<"one" | "other">("en-GB");

export const englishCatalog = {
  tags: "Tags",
  allTags: "all",
  found: (found: number, all: number) => `${found} of ${all} demos`,
  noMatch: "No demo matches.",
  showAll: "Show all",
  mistake: "This demo has a mistake.",
  skipped: (files: number) =>
    phrase(files, {
      one: "# file without `gradstream: 1` was skipped.",
      other: "# files without `gradstream: 1` were skipped.",
    }),
  empty: "No demos yet",
  firstDemo:
    "Type `gradstream new my_demo` in this folder, or put these two files into the folder `demos`. " +
    "The page shows the demo as soon as they are saved.",
};

export type CatalogWords = typeof englishCatalog;
