// @vitest-environment jsdom
import { html } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "../../src/components/scheme-switch.ts";
import { followTheme, shownScheme, switchScheme, watchLook } from "../../src/components/theme.ts";
import type { Catalog, Theme } from "../../src/contract/catalog.ts";
import { Store } from "../../src/state/store.ts";
import type { Undo } from "../../src/transport/types.ts";
import { drawn, settled } from "./drawn.ts";

const PLAIN: Theme = { style: null, logo: null, favicon: null, scheme: "auto" };

let system: EventTarget & { matches: boolean };
let forget: Undo = () => undefined;

beforeEach(() => {
  system = Object.assign(new EventTarget(), { matches: false });
  vi.stubGlobal("matchMedia", () => system);
  localStorage.clear();
});

afterEach(() => {
  forget();
  document.head.replaceChildren();
  document.body.replaceChildren();
  delete document.documentElement.dataset.scheme;
  vi.unstubAllGlobals();
});

function follow(theme: Partial<Theme> = {}): Store<Catalog> {
  const catalog = new Store(catalogOf(theme));
  forget = followTheme(catalog);
  return catalog;
}

function catalogOf(theme: Partial<Theme>): Catalog {
  const rest = { title: "Lab", description: null, version: 1, demos: [], skipped: 0, diagnostics: [] };
  return { ...rest, theme: { ...PLAIN, ...theme } };
}

test("the page is as the system is, and follows it", () => {
  follow();
  expect(shownScheme()).toBe("light");
  system.matches = true;
  system.dispatchEvent(new Event("change"));
  expect(shownScheme()).toBe("dark");
  expect(document.documentElement.style.colorScheme).toBe("dark");
});

test("a theme says which scheme is shown, and a saved one changes it", () => {
  const catalog = follow({ scheme: "dark" });
  expect(shownScheme()).toBe("dark");
  catalog.set(catalogOf({ scheme: "light" }));
  expect(shownScheme()).toBe("light");
});

test("what a visitor chooses stays, until it is what would be shown anyway", () => {
  const catalog = follow();
  switchScheme(catalog.value.theme);
  expect(shownScheme()).toBe("dark");
  catalog.set(catalogOf({ scheme: "light" }));
  expect(shownScheme()).toBe("dark");
  switchScheme(catalog.value.theme);
  expect(shownScheme()).toBe("light");
  expect(localStorage).toHaveLength(0);
});

test("another style sheet takes the place of the last one when it is loaded", () => {
  const catalog = follow({ style: "theme/style.css?v=1" });
  const hrefs = (): (string | null)[] =>
    [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href"));
  expect(hrefs()).toEqual(["theme/style.css?v=1"]);
  catalog.set(catalogOf({ style: "theme/style.css?v=2" }));
  expect(hrefs()).toEqual(["theme/style.css?v=1", "theme/style.css?v=2"]);
  document.getElementById("theme")?.dispatchEvent(new Event("load"));
  expect(hrefs()).toEqual(["theme/style.css?v=2"]);
  catalog.set(catalogOf({}));
  expect(hrefs()).toEqual([]);
});

test("the icon of the theme is the tab's, as long as there is one", () => {
  const catalog = follow({ favicon: "theme/favicon?v=1" });
  const icon = (): string | null | undefined =>
    document.querySelector("link[rel=icon]")?.getAttribute("href");
  expect(icon()).toBe("theme/favicon?v=1");
  catalog.set(catalogOf({}));
  expect(icon()).toBeUndefined();
});

test("who draws by the look learns of another one", async () => {
  const catalog = follow();
  await new Promise<void>((changed) => {
    const stop = watchLook(() => {
      stop();
      changed();
    });
    switchScheme(catalog.value.theme);
  });
  expect(shownScheme()).toBe("dark");
});

test("the switch offers the other scheme by its name", async () => {
  const catalog = follow();
  const { root } = await drawn(html`<gs-scheme-switch .catalog=${catalog}></gs-scheme-switch>`);
  const button = root.querySelector("button");
  expect(button?.title).toBe("Show a dark page");
  const shown = new Promise<void>((draw) => {
    vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => {
      frame(0);
      draw();
      return 0;
    });
  });
  button?.click();
  await shown;
  await settled(root);
  expect(button?.title).toBe("Show a light page");
});
