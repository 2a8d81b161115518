// @vitest-environment jsdom
/** The page's decoders fit what the server really sends: `tests/wire/bodies`, which the server's tests hold to it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeInput, INPUT_KINDS } from "../../src/components/inputs/kinds.ts";
import { decodeOutput, OUTPUT_KINDS } from "../../src/components/outputs/kinds.ts";
import { bootDecoder } from "../../src/contract/boot.ts";
import { catalog } from "../../src/contract/catalog.ts";
import type { Decode } from "../../src/contract/decode.ts";
import { demoDecoder } from "../../src/contract/demo.ts";
import { parseJson } from "../../src/contract/json.ts";
import { problem } from "../../src/contract/problem.ts";
import { created, runFacts, uploaded } from "../../src/contract/run.ts";
import { schemaOf } from "./described.ts";
import { Reads, type Sample } from "./reads.ts";

await Promise.all([INPUT_KINDS.load(INPUT_KINDS.names), OUTPUT_KINDS.load(OUTPUT_KINDS.names)]);
const demo = demoDecoder(decodeInput, decodeOutput);
const DECODERS: Readonly<Record<string, Decode<unknown>>> = {
  boot: bootDecoder(demo),
  catalog,
  created,
  demo,
  problem,
  run: runFacts,
  uploaded,
};

const PLACE = ["column", "end_column", "end_line", "expected", "found", "line"];

/** Keys that are for other clients of the API, for authors' tools, or for the server itself; by route. */
const FOR_OTHERS: Readonly<Record<string, readonly string[]>> = {
  boot: ["dev"],
  "catalog.demos[]": ["file", "mistakes"],
  "catalog.diagnostics[]": [...PLACE, "repair"],
  demo: ["draft", "tags", "thumbnail", "version"],
  "demo.chat": ["history", "yields"],
  "demo.diagnostics[]": [...PLACE, "repair"],
  "demo.diagnostics[].fixes[]": ["edits"],
  "demo.inputs[audio]": ["as", "format"],
  "demo.inputs[file]": ["as"],
  "demo.inputs[gallery]": ["as", "channels"],
  "demo.inputs[image]": ["as", "channels"],
  "demo.inputs[model3d]": ["as"],
  "demo.inputs[table]": ["as"],
  "demo.inputs[video]": ["as", "format"],
  "demo.notice": ["kind"],
  "demo.outputs[audio]": ["as", "on_bad_chunk"],
  "demo.outputs[chart]": ["max_rows", "x", "y"],
  "demo.outputs[chat]": ["history", "yields"],
  "demo.outputs[gallery]": ["as"],
  "demo.outputs[image]": ["as", "format"],
  "demo.outputs[log]": ["max_lines"],
  "demo.outputs[model3d]": ["as"],
  "demo.outputs[table]": ["as", "columns", "max_rows"],
  "demo.outputs[video]": ["as", "fps", "on_bad_chunk", "sound"],
  problem: ["status", "type"],
  "problem.diagnostics[]": ["code", ...PLACE, "file", "fixes", "severity"],
  run: [
    "by",
    "created_at",
    "detail",
    "inputs",
    "duration_s",
    "eta_s",
    "fault",
    "message",
    "outputs",
    "position",
    "progress",
    "run",
    "status",
  ],
};

const FOLDER = join(import.meta.dirname, "../../../tests/wire/bodies");

function samplesOf(file: string): readonly Sample[] {
  return parseJson(readFileSync(join(FOLDER, file), "utf8")) as unknown as readonly Sample[];
}

const FILES = readdirSync(FOLDER);

test("each file of bodies has a decoder, and each decoder a file", () => {
  expect(FILES.map((file) => file.replace(".json", "")).toSorted()).toEqual(Object.keys(DECODERS).toSorted());
});

/** A catalog and a demo inside another body are tested on their own. */
function ownOf(name: string, routes: readonly string[]): readonly string[] {
  return routes.filter((route) => name !== "boot" || !/^boot\.(catalog|demo)\./.test(route));
}

/** Not every example uses every key that a kind has. An editor of an output is a field as an input has. */
function isInSchema(route: string): boolean {
  const [, side, type = "", key = ""] = /^demo\.(inputs|outputs|editors)\[(\w+)\]\.(\w+)$/.exec(route) ?? [];
  if (side === undefined) return false;
  return schemaOf(side === "outputs" ? side : "inputs", type)?.[key] !== undefined;
}

describe.each(Object.entries(DECODERS))("%s", (name, decode) => {
  const reads = new Reads(name, decode, samplesOf(`${name}.json`));

  test("the page reads no key that the server never sends", () => {
    expect(ownOf(name, reads.neverSent()).filter((route) => !isInSchema(route))).toEqual([]);
  });

  test("each key that is sent is read, or is for others", () => {
    const others = Object.entries(FOR_OTHERS).filter(([route]) => route.split(/[.[]/)[0] === name);
    const known = others.flatMap(([route, keys]) => keys.map((key) => `${route}.${key}`));
    expect(ownOf(name, reads.neverRead())).toEqual(known.toSorted());
  });

  test("a key that is always sent has no fallback", () => {
    expect(reads.needlessFallbacks()).toEqual([]);
  });
});
