// @vitest-environment jsdom
import { html } from "lit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import "../../src/components/media/seek-bar.ts";
import { drawn } from "./drawn.ts";

const WIDTH_PX = 600;

/** Tells the width at once: the test's document has no layout. */
class Observer {
  constructor(private readonly resized: () => void) {}
  readonly observe = (element: Element): void => {
    Object.defineProperty(element, "clientWidth", { value: WIDTH_PX });
    this.resized();
  };
  readonly disconnect = (): void => undefined;
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("matchMedia", () => ({
    matches: true,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

interface Bar extends Element {
  show: (place: object, isChanged?: boolean) => void;
}

/** Play for ten seconds as a browser tells it, four times a second; returns what changed in the document each time. */
async function play(end_s: number): Promise<readonly (readonly string[])[]> {
  const { root } = await drawn(html`<gs-seek-bar .peaks=${null} .name=${"Sound"}></gs-seek-bar>`);
  const bar = root.querySelector<Bar>("gs-seek-bar");
  const observer = new MutationObserver(() => undefined);
  const told: string[][] = [];
  bar?.show({ position_s: 0, end_s, buffered_s: end_s, isGrowing: false });
  observer.observe(root, { attributes: true, attributeOldValue: true, subtree: true, childList: true });
  for (let position_s = 0.25; position_s <= 10; position_s += 0.25) {
    bar?.show({ position_s, end_s, buffered_s: end_s - position_s, isGrowing: false });
    told.push(
      observer
        .takeRecords()
        .map(({ target, attributeName }) => `${(target as Element).className} ${attributeName}`),
    );
  }
  observer.disconnect();
  return told;
}

describe("a seek bar", () => {
  test("is moved by the pixel: a long sound costs a frame only when something moves that is seen", async () => {
    const told = await play(600);
    expect(told.filter((changes) => changes.some((change) => change.startsWith("seek-"))).length).toBe(10);
  });

  test("moves layers, and nothing else that would be laid out or painted", async () => {
    const changes = new Set((await play(20)).flat());
    expect([...changes].toSorted()).toEqual([
      " aria-valuetext",
      "seek-line played style",
      "seek-mover style",
      "seek-window style",
    ]);
    const layers = [...document.querySelectorAll<HTMLElement>(".seek-window, .seek-window > *, .seek-mover")];
    expect(layers.map(({ className, style }) => [className, style.cssText])).toEqual([
      ["seek-window", "transform: translateX(-300px);"],
      ["seek-line played", "transform: translateX(300px);"],
      ["seek-mover", "transform: translateX(300px);"],
    ]);
  });

  test("says and holds the time in whole seconds", async () => {
    const told = await play(20);
    expect(told.filter((changes) => changes.includes(" aria-valuetext")).length).toBe(10);
    expect(document.querySelector("input")?.value).toBe("10");
  });
});
