/** Reads the imports of a tree of TypeScript files and checks them against its floors. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import ts from "typescript";

export interface Import {
  /** The importing file, relative to the tree's root. */
  readonly from: string;
  readonly line: number;
  /** The imported file, relative to the root, or the name of a package. */
  readonly to: string;
  readonly isForeign: boolean;
}

/** Parts of a tree, the lowest floor first. A part is a folder at the root, or a file there. */
export type Floors = readonly (readonly string[])[];

/** The sources of a folder by their path below it. */
export function readTree(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

/** All imports of TypeScript files and packages: of types, of values, dynamic ones, and in types. */
export function readImports(tree: ReadonlyMap<string, string>): readonly Import[] {
  return [...tree].flatMap(([from, text]) =>
    ts
      .preProcessFile(text, true, true)
      .importedFiles.filter(({ fileName }) => !fileName.endsWith(".css"))
      .map(({ fileName, pos }) => ({ from, line: lineOf(text, pos), ...target(from, fileName) })),
  );
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

function target(from: string, name: string): Pick<Import, "to" | "isForeign"> {
  if (name.startsWith(".")) return { to: posix.join(posix.dirname(from), name), isForeign: false };
  const [scope = "", rest] = name.split("/");
  return { to: scope.startsWith("@") ? `${scope}/${rest}` : scope, isForeign: true };
}

export function floorViolations(imports: readonly Import[], floors: Floors): readonly string[] {
  const floorOf = new Map(floors.flatMap((parts, floor) => parts.map((part) => [part, floor] as const)));
  const own = imports.filter(({ isForeign }) => !isForeign);
  const parts = new Set(own.flatMap(({ from, to }) => [partOf(from), partOf(to)]));
  const homeless = [...parts].filter((part) => !floorOf.has(part)).map((part) => `${part} has no floor`);
  const wrong = own.flatMap(({ from, line, to }) => {
    const difference = (floorOf.get(partOf(to)) ?? -1) - (floorOf.get(partOf(from)) ?? Infinity);
    if (partOf(from) === partOf(to) || difference < 0) return [];
    return [`${from}, line ${line}: imports ${to}, which goes ${difference === 0 ? "sideways" : "up"}`];
  });
  return [...homeless, ...wrong];
}

/** Packages that are imported outside their home: a path that the importing file must start with. */
export function homeViolations(
  imports: readonly Import[],
  homes: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return imports
    .filter(({ isForeign }) => isForeign)
    .filter(({ from, to }) => !(homes[to] ?? []).some((home) => from.startsWith(home)))
    .map(({ from, line, to }) => `${from}, line ${line}: ${to} is not at home here`);
}

/** The files of one circle of imports in their order; empty when there is none. */
export function firstCircle(imports: readonly Import[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isForeign } of imports) {
    if (!isForeign) targets.set(from, [...(targets.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return path.slice(path.indexOf(file));
    if (done.has(file)) return [];
    for (const next of targets.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

function partOf(path: string): string {
  return path.split("/")[0] ?? "";
}
