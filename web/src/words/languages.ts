/** The languages that the page speaks, and which of them a visitor wishes. */
import { english, type Words } from "./en.ts";

export type Language = "en" | "de" | "fr" | "es" | "pt" | "zh" | "ja" | "ar";

export interface Speech {
  /** As `<html lang>` has it. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  /** English is part of the page; every other language is a chunk of its own. */
  readonly load: () => Promise<Words>;
}

export const LANGUAGES: Readonly<Record<Language, Speech>> = {
  en: { tag: "en", direction: "ltr", load: () => Promise.resolve(english) },
  de: { tag: "de", direction: "ltr", load: async () => (await import("./de.ts")).german },
  fr: { tag: "fr", direction: "ltr", load: async () => (await import("./fr.ts")).french },
  es: { tag: "es", direction: "ltr", load: async () => (await import("./es.ts")).spanish },
  pt: { tag: "pt", direction: "ltr", load: async () => (await import("./pt.ts")).portuguese },
  zh: { tag: "zh-Hans", direction: "ltr", load: async () => (await import("./zh.ts")).chinese },
  ja: { tag: "ja", direction: "ltr", load: async () => (await import("./ja.ts")).japanese },
  ar: { tag: "ar", direction: "rtl", load: async () => (await import("./ar.ts")).arabic },
};

/** The first wish that the page speaks, whatever its region or script; English where there is none. */
export function languageFor(wishes: readonly string[]): Language {
  const spoken = Object.keys(LANGUAGES) as readonly Language[];
  const wished = wishes.map((wish) => wish.toLowerCase().split(/[-_]/)[0]);
  return wished.flatMap((wish) => spoken.filter((language) => language === wish))[0] ?? "en";
}
