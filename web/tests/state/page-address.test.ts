// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PageAddress } from "../../src/state/page-address.ts";
import { PROMPT, STEPS } from "./inputs.ts";

const INPUTS = [PROMPT, STEPS];
let address: PageAddress;

function go(fragment: string): void {
  history.replaceState(null, "", `${location.origin}/demos/x${fragment}`);
}

beforeEach(() => {
  vi.useFakeTimers();
  go("");
  sessionStorage.clear();
  address = new PageAddress("x");
});

afterEach(() => {
  vi.useRealTimers();
});

function write(prompt: string): void {
  address.writeInputs(INPUTS, { prompt, steps: 3 });
  vi.runAllTimers();
}

test("a run is written at once, takes the place of its action's last one, and leaves inputs as they are", () => {
  write("hello");
  address.writeRun("a", "one");
  address.writeRun("b", "two");
  address.writeRun("a", "three");
  expect(location.hash).toBe("#prompt=hello&run=two,three");
  write("");
  expect(location.hash).toBe("#run=two,three");
  address.writeRun("b", null);
  address.writeRun("a", null);
  expect(location.hash).toBe("");
});

test("a run that came with the address belongs to an action once that is known", () => {
  go("#run=one,two");
  address.noteAction("one", "a");
  address.noteAction("two", "b");
  address.writeRun("a", "three");
  expect(address.readRuns()).toEqual(["two", "three"]);
});

test("one of which nothing is known goes with the next run that is written, and not before", () => {
  go("#run=gone");
  address.writeRun("a", null);
  expect(address.readRuns()).toEqual(["gone"]);
  address.writeRun("a", "one");
  expect(address.readRuns()).toEqual(["one"]);
});

test("inputs too long for a link are kept by the tab, also beside a run", () => {
  const long = "word ".repeat(1000);
  write(long);
  address.writeRun("a", "one");
  expect(location.hash).toBe("#run=one");
  expect(new PageAddress("x").readInputs(INPUTS)).toEqual({ prompt: long });
});
