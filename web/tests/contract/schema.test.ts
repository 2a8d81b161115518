/** The page reads events as `schemas/events.schema.json` has them, which is made from the server's own structs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { typeOf, type Decode } from "../../src/contract/decode.ts";
import { EVENT_TYPES, message } from "../../src/contract/event.ts";
import {
  asText,
  isList,
  isMapping,
  parseJson,
  type Json,
  type JsonMapping,
} from "../../src/contract/json.ts";
import { words } from "../../src/words.ts";
import { instancesOf } from "./instances.ts";
import { Reads } from "./reads.ts";

/** Keys that are for others; by event. */
const FOR_OTHERS: Readonly<Record<string, readonly string[]>> = {};

const schema = parseJson(
  readFileSync(join(import.meta.dirname, "../../../schemas/events.schema.json"), "utf8"),
);

function at(value: Json | undefined, ...path: readonly string[]): JsonMapping {
  const found = path.reduce<Json | undefined>(
    (parent, key) => (isMapping(parent) ? parent[key] : undefined),
    value,
  );
  return isMapping(found) ? found : {};
}

function alternatives(property: Json | undefined): readonly Json[] {
  return isMapping(property) && isList(property.enum) ? property.enum : [];
}

const EVENTS = Object.values(at(schema, "$defs"))
  .map((definition) => at(definition))
  .filter(({ properties }) => alternatives(at(properties).type).length === 1)
  .map(
    (definition) => [asText(alternatives(at(definition, "properties").type)[0] ?? null), definition] as const,
  );

/** The decoder of the type alone, which does not replace what it cannot read. */
const eventOf: Decode<unknown> = (value, where) => {
  message(value, where);
  return EVENT_TYPES[typeOf(value)]?.(value, where) ?? null;
};

test("the page knows each type of event, and no other", () => {
  expect(Object.keys(EVENT_TYPES).toSorted()).toEqual(EVENTS.map(([type]) => type).toSorted());
});

describe.each(EVENTS)("%s", (type, definition) => {
  const bodies = instancesOf(definition).map((event) => ({ run: "r", seq: 1, ...event }));
  const reads = new Reads(
    type,
    eventOf,
    bodies.map((body) => ({ about: type, body })),
  );

  test("each field is read, or is for others; none is read that is not sent", () => {
    expect(reads.neverSent()).toEqual([]);
    expect(reads.neverRead()).toEqual((FOR_OTHERS[type] ?? []).map((key) => `${type}.${key}`));
    expect(reads.needlessFallbacks()).toEqual([]);
  });

  test.each(bodies)("each field that is sent keeps its value: %j", (body) => {
    const decoded = message(body, type);
    const others = ["run", "seq", ...(FOR_OTHERS[type] ?? [])];
    const sent = Object.entries(body).filter(([key]) => !others.includes(key));
    expect(decoded).toMatchObject({ about: "run", run: "r", seq: 1, event: Object.fromEntries(sent) });
  });
});

test("each reason for an end and each fault has words of its own, and nothing else has", () => {
  const by = alternatives(at(schema, "$defs", "Canceled", "properties").by);
  const faults = alternatives(at(schema, "$defs", "Failed", "properties").fault);
  expect(Object.keys(words.run.canceled).toSorted()).toEqual(by.toSorted());
  expect(Object.keys(words.run.faults).toSorted()).toEqual(faults.toSorted());
});
