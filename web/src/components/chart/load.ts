/** Loads the part of the page that draws charts. */
import { words } from "../../words.ts";

export async function loadChart(): Promise<unknown> {
  nameLanguage();
  return import("./chart-element.ts");
}

/** uPlot asks for the browser's language when it is loaded, and fails with one that `Intl` does not know, such as C. */
export function nameLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: words.figures.locale, configurable: true });
  }
}
