/** The words about the catalog's page: English ones are loaded with what says them, others with their language. */
import { words } from "../words.ts";
import { englishCatalog, type CatalogWords } from "../words/catalog/en.ts";

export function catalogWords(): CatalogWords {
  return words.catalog ?? englishCatalog;
}
