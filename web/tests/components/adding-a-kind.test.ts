/** `docs/architecture/adding-a-kind.md` says what is so. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const PAGE = readFileSync(join(ROOT, "docs/architecture/adding-a-kind.md"), "utf8");

const quoted = [...PAGE.matchAll(/`(web\/\S+\.ts)`[^`]*(?:`[^`]*`[^`]*)?:\n\n```ts\n(.*?)```\n/gs)];

test.each(quoted.map(([, file = "", source = ""]) => [file, source]))(
  "the page shows %s as it is",
  (file, source) => {
    expect(source).toBe(readFileSync(join(ROOT, file), "utf8"));
  },
);

test("an input and an output are shown whole", () => {
  expect(quoted).toHaveLength(2);
});

test("a plain kind is in the files of the page that are listed, and in no other", () => {
  const naming = readdirSync(join(ROOT, "web/src"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|css)$/.test(name))
    .map((name) => `web/src/${name}`)
    .filter((file) => /scores/i.test(readFileSync(join(ROOT, file), "utf8")));
  expect(naming.toSorted()).toEqual([
    "web/src/components/outputs/scores-output.ts",
    "web/src/style/values.css",
  ]);
  expect(naming.filter((file) => !PAGE.includes(file))).toEqual([]);
});

test.each([
  ["outputs", "OutputKind", ["web/src/components/outputs/types.ts", "web/src/contract/output.ts"]],
  ["inputs", "InputKind", ["web/src/components/inputs/types.ts", "web/src/contract/input.ts"]],
] as const)("every member of a kind of %s is explained", (_, name, files) => {
  const source = files.map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");
  const members = [name, name.replace("Kind", "Format")].flatMap((each) => membersOf(each, source));
  const [, after = ""] = PAGE.split(`The members of \`${name}\``);
  const [table = ""] = after.split("###");
  const explained = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, member]) => member);
  expect(explained.toSorted()).toEqual(members.toSorted());
});

function membersOf(name: string, source: string): readonly string[] {
  const body = new RegExp(`interface ${name}<[^{]*\\{(.*?)\\n\\}`, "s").exec(source)?.[1] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, member = ""]) => member);
}
