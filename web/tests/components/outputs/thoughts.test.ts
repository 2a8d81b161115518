import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parentsOf, type Related } from "../../../src/components/outputs/thoughts.ts";

type Written = readonly [role: string, id?: string | null, parent?: string | null, title?: string | null];

interface Case {
  readonly about: string;
  readonly messages: readonly Written[];
  readonly parents: readonly (number | null)[];
}

const CASES = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../tests/wire/rules/thoughts.json"), "utf8"),
) as readonly Case[];

function message([role, id = null, parent_id = null, title = "Thought"]: Written): Related {
  return { role, metadata: role === "user" ? null : { title, id, parent_id } };
}

test.each(CASES)("$about", ({ messages, parents }) => {
  expect(parentsOf(messages.map(message))).toEqual(parents);
});
