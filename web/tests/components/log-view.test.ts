// @vitest-environment jsdom
import { html } from "lit";
import { expect, test } from "vitest";
import "../../src/components/tabs/log-view.ts";
import type { DemoModel } from "../../src/state/demo-model.ts";
import { Log } from "../../src/state/log.ts";
import { until } from "../patience.ts";
import { drawn } from "./drawn.ts";
import { stubBrowser } from "./outputs/cards.ts";

stubBrowser();

async function view(log: Log): Promise<HTMLElement> {
  const model = { log } as unknown as DemoModel;
  return (await drawn(html`<gs-log-view .model=${model}></gs-log-view>`)).root;
}

test("of many lines the last two hundred are drawn, and it is said how many there are", async () => {
  const log = new Log();
  log.addAll(Array.from({ length: 999 }, (_, number) => ({ level: "info", text: `line ${number}` })));
  const root = await view(log);
  const rows = [...root.querySelectorAll("li")];
  expect(rows.length).toBe(200);
  expect(rows.at(-1)?.textContent).toContain("line 998");
  expect(root.textContent).toContain("The last 200 of 999 lines; a copy has all");
  log.add("info", "one more");
  await until(() => root.textContent.includes("one more"));
  const after = [...root.querySelectorAll("li")];
  expect(after.slice(0, -1).every((row, index) => row === rows[index + 1])).toBe(true);
  expect(after.at(-1)?.textContent).toContain("one more");
});

test("a long line is cut, with the number of characters that are left out", async () => {
  const log = new Log();
  log.add("info", "x".repeat(1_000_000));
  const root = await view(log);
  const text = root.querySelector("li")?.textContent ?? "";
  expect(text.length).toBeLessThan(2_200);
  expect(text).toContain("998000 more characters");
  expect(root.textContent).toContain("1 line");
});
