/** The reader of imports finds what it is there to find, in a small tree made for it. */
import { expect, test } from "vitest";
import { firstCircle, floorViolations, homeViolations, readImports, type Import } from "./imports.ts";

const FLOORS = [["cellar"], ["ground", "garden"], ["roof.ts"]];

function read(files: Readonly<Record<string, string>>): readonly Import[] {
  return readImports(new Map(Object.entries(files)));
}

test("imports may go down and stay in their folder", () => {
  const imports = read({
    "ground/door.ts": 'import { wine } from "../cellar/shelf.ts";\nimport "./step.ts";\n',
    "roof.ts": 'import type { Door } from "./ground/door.ts";\nimport "./roof.css";\n',
  });
  expect(imports).toHaveLength(3);
  expect(floorViolations(imports, FLOORS)).toEqual([]);
});

test("imports that go up or sideways are found in every form", () => {
  const imports = read({
    "cellar/shelf.ts": 'import { a } from "../cellar/wall.ts";\n\nimport type { Roof } from "../roof.ts";\n',
    "cellar/wall.ts": 'export * from "../ground/door.ts";\nlet roof: typeof import("../roof.ts");\n',
    "garden/tree.ts": 'const open = async () => import("../ground/door.ts");\n',
  });
  expect(floorViolations(imports, FLOORS)).toEqual([
    "cellar/shelf.ts, line 3: imports roof.ts, which goes up",
    "cellar/wall.ts, line 1: imports ground/door.ts, which goes up",
    "cellar/wall.ts, line 2: imports roof.ts, which goes up",
    "garden/tree.ts, line 1: imports ground/door.ts, which goes sideways",
  ]);
});

test("words that only look like an import are none", () => {
  expect(
    read({ "cellar/shelf.ts": '// import "../roof.ts";\nconst text = `import "../roof.ts"`;\n' }),
  ).toEqual([]);
});

test("a new part needs a floor", () => {
  const imports = read({ "attic/box.ts": 'import "../cellar/shelf.ts";\n' });
  expect(floorViolations(imports, FLOORS)).toContain("attic has no floor");
});

test("a package away from home, and one without a home, are found", () => {
  const imports = read({
    "cellar/shelf.ts": 'import { html } from "lit";\nimport wild from "@far/wild/deep.js";\n',
    "ground/door.ts": 'import { live } from "lit/directives/live.js";\n',
  });
  expect(homeViolations(imports, { lit: ["ground/"] })).toEqual([
    "cellar/shelf.ts, line 1: lit is not at home here",
    "cellar/shelf.ts, line 2: @far/wild is not at home here",
  ]);
});

test("a circle is found however long it is, and types count", () => {
  const circle = {
    "cellar/a.ts": 'import "./b.ts";\n',
    "cellar/b.ts": 'import "./c.ts";\nimport "./d.ts";\n',
    "cellar/c.ts": "",
    "cellar/d.ts": 'import type { B } from "./b.ts";\n',
  };
  expect(firstCircle(read(circle))).toEqual(["cellar/b.ts", "cellar/d.ts"]);
  expect(firstCircle(read({ ...circle, "cellar/d.ts": 'import "./c.ts";\n' }))).toEqual([]);
});
