/**
 * How the page looks: light or dark, the style sheet of the catalog's theme, and the icon in the browser's tab.
 *
 *     theme, the visitor's choice, the system --> <html data-scheme, style="color-scheme"> --> who watches the scheme
 */
import { recallChoice, rememberChoice } from "../client/storage.ts";
import type { Catalog, Theme } from "../contract/catalog.ts";
import type { Readable } from "../state/store.ts";
import type { Undo } from "../transport/types.ts";

export type Scheme = "light" | "dark";

const CHOICE = "scheme";

/** Apply the catalog's theme, now and whenever it or the system's scheme changes. */
export function followTheme(catalog: Readable<Catalog>): Undo {
  const apply = (): void => {
    const { theme } = catalog.value;
    applyScheme(theme);
    applyStyle(theme.style);
    applyIcon(theme.favicon);
  };
  const system = systemScheme();
  system.addEventListener("change", apply);
  const forget = catalog.subscribe(apply);
  apply();
  return () => {
    system.removeEventListener("change", apply);
    forget();
  };
}

/** The scheme that is shown. */
export function shownScheme(): Scheme {
  return document.documentElement.dataset.scheme === "dark" ? "dark" : "light";
}

/** Show the other scheme. What the page would show anyway is not remembered as a choice. */
export function switchScheme(theme: Theme): void {
  const other: Scheme = shownScheme() === "dark" ? "light" : "dark";
  rememberChoice(CHOICE, other === usualScheme(theme) ? null : other);
  applyScheme(theme);
}

/** Call back when another scheme or another style sheet is shown. */
export function watchLook(changed: () => void): Undo {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-scheme", "data-theme"] });
  return () => {
    observer.disconnect();
  };
}

function systemScheme(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

function usualScheme({ scheme }: Theme): Scheme {
  if (scheme !== "auto") return scheme;
  return systemScheme().matches ? "dark" : "light";
}

function applyScheme(theme: Theme): void {
  const chosen = recallChoice(CHOICE);
  const scheme = chosen === "dark" || chosen === "light" ? chosen : usualScheme(theme);
  const root = document.documentElement;
  if (root.dataset.scheme === scheme) return;
  root.style.colorScheme = scheme;
  root.dataset.scheme = scheme;
}

/** Another style sheet takes the place of the last one when it is loaded, so that nothing flashes. */
function applyStyle(address: string | null): void {
  const last = document.getElementById("theme");
  if ((last?.getAttribute("href") ?? null) === address) return;
  const finish = (): void => {
    last?.remove();
    document.documentElement.dataset.theme = address ?? "";
  };
  if (address === null) {
    finish();
    return;
  }
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  link.addEventListener("load", finish);
  link.addEventListener("error", finish);
  last?.removeAttribute("id");
  link.id = "theme";
  document.body.append(link);
}

/** Without an icon of the theme, the page's own stays, which the HTML has. */
function applyIcon(address: string | null): void {
  const last = document.getElementById("theme-icon");
  if ((last?.getAttribute("href") ?? null) === address) return;
  last?.remove();
  if (address === null) return;
  const link = Object.assign(document.createElement("link"), {
    id: "theme-icon",
    rel: "icon",
    href: address,
  });
  document.head.append(link);
}
