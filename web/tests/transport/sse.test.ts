import { expect, test } from "vitest";
import { EventStreamParser, type ServerEvent } from "../../src/transport/sse.ts";

const STREAM =
  ': hello\n\nid: 1\nevent: append\ndata: {"a":1}\n\nevent: set\r\ndata: one\r\ndata: two\r\n\r\ndata:bare\n\n';
const EVENTS: readonly ServerEvent[] = [
  { type: "append", data: '{"a":1}', id: "1" },
  { type: "set", data: "one\ntwo", id: "1" },
  { type: "message", data: "bare", id: "1" },
];

test("fields, comments and line ends of every kind are understood", () => {
  expect(new EventStreamParser().feed(STREAM)).toEqual(EVENTS);
});

test("a stream cut into pieces anywhere gives the same events", () => {
  for (let size = 1; size < 12; size += 1) {
    const parser = new EventStreamParser();
    const pieces = Array.from({ length: Math.ceil(STREAM.length / size) }, (_, at) =>
      STREAM.slice(at * size, (at + 1) * size),
    );
    expect(pieces.flatMap((piece) => parser.feed(piece))).toEqual(EVENTS);
  }
});

test("an event is complete only after its blank line", () => {
  const parser = new EventStreamParser();
  expect(parser.feed("data: x\n")).toEqual([]);
  expect(parser.feed("\n")).toEqual([{ type: "message", data: "x", id: "" }]);
});
