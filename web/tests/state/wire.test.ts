/** The messages that the server's own tests read too: both sides fold them to the same. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { list } from "../../src/contract/decode.ts";
import { message, type Message, type RunMessage } from "../../src/contract/event.ts";
import { fold } from "../../src/state/fold.ts";
import { NEW_RUN } from "../../src/state/run.ts";
import { EventStreamParser } from "../../src/transport/sse.ts";

interface Case {
  readonly about: string;
  readonly run: string;
  readonly outputs: unknown;
  readonly status: string;
  readonly sse: string;
  readonly frame: string;
}

const FOLDER = new URL("../../../tests/wire/", import.meta.url);

const CASES: readonly Case[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as Case[]);

function eventsOf(messages: readonly Message[]): readonly RunMessage[] {
  return messages.filter((each): each is RunMessage => each.about === "run");
}

function fromFrame({ frame }: Case): readonly RunMessage[] {
  return eventsOf(list(message)(JSON.parse(frame), "frame"));
}

function fromStream({ run, sse }: Case): readonly RunMessage[] {
  const events = new EventStreamParser().feed(sse);
  const whole = events.map(({ id, type, data }) => ({
    ...(JSON.parse(data) as object),
    run,
    seq: Number(id),
    type,
  }));
  return eventsOf(list(message)(whole, "stream"));
}

test("there are golden messages to read", () => {
  expect(CASES.length).toBeGreaterThan(5);
});

test.each(CASES)("folded as the server folds it: $about", (golden) => {
  expect(fold(NEW_RUN, fromFrame(golden))).toMatchObject({ outputs: golden.outputs, status: golden.status });
});

test.each(CASES)("a frame and a stream say the same: $about", (golden) => {
  expect(fromStream(golden)).toEqual(fromFrame(golden));
});
