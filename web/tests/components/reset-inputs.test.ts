// @vitest-environment jsdom
import { html } from "lit";
import { expect, test } from "vitest";
import "../../src/components/reset-inputs.ts";
import type { Input } from "../../src/contract/input.ts";
import type { DemoModel } from "../../src/state/demo-model.ts";
import { Store } from "../../src/state/store.ts";
import { drawn } from "./drawn.ts";

test("inputs are reset by a button, which can be pressed while any differs from its default", async () => {
  const inputs = [{ name: "steps", default: 3 }] as unknown as readonly Input[];
  const asked: unknown[] = [];
  const model = {
    values: new Store({ steps: 3, message: "typed" }),
    reset: (these: unknown) => asked.push(these),
  };
  const draw = (): Promise<HTMLButtonElement | null> =>
    drawn(
      html`<gs-reset-inputs .model=${model as unknown as DemoModel} .inputs=${inputs}></gs-reset-inputs>`,
    ).then(({ root }) => root.querySelector("button"));
  const unchanged = await draw();
  unchanged?.click();
  expect([unchanged?.getAttribute("aria-disabled"), asked]).toEqual(["true", []]);
  model.values.set({ steps: 7, message: "typed" });
  const changed = await draw();
  expect(changed?.getAttribute("aria-disabled")).toBe("false");
  expect(changed?.textContent).toContain("Reset");
  changed?.click();
  expect(asked).toEqual([inputs]);
});
