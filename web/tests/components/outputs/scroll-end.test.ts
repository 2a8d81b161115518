// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ScrollEnd } from "../../../src/components/outputs/scroll-end.ts";

const HEIGHT = 500;

/** A box that is 500 pixels high, with content as high as a test says: the test's document has no layout. */
class Box {
  readonly element = document.createElement("div");
  readonly reports: boolean[] = [];
  readonly end: ScrollEnd;
  private resized: (entries: readonly unknown[]) => void = () => undefined;
  private contentHeight = 0;

  constructor(opensAtEnd: boolean) {
    Object.defineProperties(this.element, {
      clientHeight: { get: () => HEIGHT },
      scrollHeight: { get: () => Math.max(HEIGHT, this.contentHeight) },
    });
    vi.stubGlobal("ResizeObserver", this.observer());
    vi.stubGlobal("requestAnimationFrame", (frame: () => void) => (frame(), 0));
    this.end = new ScrollEnd(this.element, opensAtEnd, (isFollowing) => this.reports.push(isFollowing));
    this.end.follow(document.createElement("div"));
  }

  draw(contentHeight: number): number {
    this.contentHeight = contentHeight;
    this.resized([{ contentRect: { height: contentHeight } }]);
    this.element.dispatchEvent(new Event("scroll"));
    return this.element.scrollTop;
  }

  visitorScrolls(top: number): void {
    this.element.scrollTop = top;
    this.element.dispatchEvent(new Event("scroll"));
  }

  private observer(): unknown {
    const observed = (resized: Box["resized"]): void => void (this.resized = resized);
    return class {
      constructor(resized: Box["resized"]) {
        observed(resized);
      }
      readonly observe = (): void => undefined;
      readonly disconnect = (): void => undefined;
    };
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

let box: Box;

beforeEach(() => {
  box = new Box(false);
});

describe("a scrolling box", () => {
  test("shows what came whole from its beginning, however often it grows while it is drawn", () => {
    box.end.replace();
    expect([box.draw(800), box.draw(2_000), box.draw(9_000)]).toEqual([0, 0, 0]);
    expect(box.reports).toEqual([]);
  });

  test("stays at the end of what grows in small pieces", () => {
    const positions = [600, 650, 700].map((height) => {
      box.end.append();
      return box.draw(height);
    });
    // The first piece came whole.
    expect(positions).toEqual([0, 150, 200]);
  });

  test("shows the beginning of a piece that is higher than the box, and the end of the next small one", () => {
    box.draw(600);
    box.end.append();
    expect(box.draw(3_000)).toBe(568);
    box.end.append();
    expect(box.draw(3_020)).toBe(2_520);
  });

  test("leaves a visitor alone who has scrolled up, until they are at the end again", () => {
    box.draw(900);
    box.end.append();
    box.draw(950);
    box.visitorScrolls(100);
    box.end.append();
    expect(box.draw(1_000)).toBe(100);
    box.visitorScrolls(500);
    box.end.append();
    expect(box.draw(1_100)).toBe(600);
    expect(box.reports).toEqual([false, true]);
  });

  test("shows another run's value from its beginning, wherever the visitor was in the last one", () => {
    box.draw(900);
    box.visitorScrolls(200);
    box.end.restart();
    expect(box.draw(2_000)).toBe(0);
  });

  test("opens a conversation at its end", () => {
    box = new Box(true);
    expect([box.draw(800), box.draw(2_000), box.draw(9_000)]).toEqual([300, 1_500, 8_500]);
  });

  test("keeps a conversation at its end where the browser scrolls, since messages are lower than it had assumed", () => {
    box = new Box(true);
    box.draw(2_000);
    box.visitorScrolls(1_480);
    expect(box.draw(9_000)).toBe(8_500);
  });
});
