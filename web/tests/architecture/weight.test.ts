/**
 * What a page costs before it is there: its chunks, built as for a release, against the table in
 * `docs/architecture/04-page.md`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Rollup } from "vite";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const BUDGET_BYTES = 60_000;
const MOST_REQUESTS = 6;
/** How much less than its limit a chunk may weigh: a share of the limit, and some bytes for small ones. */
const ROOM = { share: 0.25, bytes: 600 };

interface Chunk {
  readonly name: string;
  readonly modules: readonly string[];
  readonly imports: readonly string[];
  readonly styles: readonly string[];
  readonly bytes: number;
}

function compressed(content: string | Uint8Array): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(content, { params }).length;
}

async function built(): Promise<readonly (Rollup.OutputChunk | Rollup.OutputAsset)[]> {
  const { NODE_ENV } = process.env;
  // Otherwise Lit is built in its form for development.
  process.env.NODE_ENV = "production";
  try {
    const result = await build({ root: join(ROOT, "web"), logLevel: "error", build: { write: false } });
    if (!("output" in result)) throw new Error("the page was not built once");
    return result.output;
  } finally {
    process.env.NODE_ENV = NODE_ENV;
  }
}

/** A chunk by its main module, or by the name that `chunks.ts` gives; languages, of code and of the page, are one row each. */
function nameOf({ facadeModuleId, moduleIds, name }: Rollup.OutputChunk): string {
  if (moduleIds.some((id) => id.includes("/highlight.js/es/languages/"))) return "a language's colours";
  if (facadeModuleId?.includes("/src/words/")) return "a language's words";
  const [, own] = /\/src\/(.*)\.ts$/.exec(facadeModuleId ?? "") ?? [];
  return own ?? name;
}

const output = await built();
const files = new Map(output.map((file) => [file.fileName, file]));
const chunks = new Map(
  output
    .filter((file) => file.type === "chunk")
    .map((chunk) => {
      const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
      const { code, moduleIds: modules, imports } = chunk;
      const bytes = [code, ...styles.map(styleOf)].map(compressed).reduce((sum, each) => sum + each, 0);
      return [chunk.fileName, { name: nameOf(chunk), modules, imports, styles, bytes } satisfies Chunk];
    }),
);
const PAGE = readFileSync(join(ROOT, "docs/architecture/04-page.md"), "utf8");
const limits = new Map(
  [...PAGE.matchAll(/^\| `?([^`|]+?)`? \| (\d+\.\d) kB \|/gm)].map(([, name = "", kb]) => [
    name,
    Number(kb) * 1000,
  ]),
);

function styleOf(file: string): string | Uint8Array {
  const style = files.get(file);
  return style?.type === "asset" ? style.source : "";
}

/** The chunks that are loaded where a page needs these modules. */
function loadedFor(modules: readonly string[]): readonly Chunk[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    chunks.get(file)?.imports.forEach(visit);
  };
  for (const module of ["main", ...modules])
    [...chunks]
      .filter(([, chunk]) => chunk.modules.some((id) => id.endsWith(`/src/${module}.ts`)))
      .forEach(([file]) => {
        visit(file);
      });
  return [...found].map((file) => chunks.get(file)).filter((chunk) => chunk !== undefined);
}

/** The page's HTML with a catalog and a demo in it, as the server compresses it. */
function htmlWeight(): number {
  const index = files.get("index.html");
  const html = index?.type === "asset" ? String(index.source) : "";
  return gzipSync(html + readFileSync(join(ROOT, "tests/wire/bodies/boot.json"), "utf8")).length;
}

test("each chunk is in the table, and weighs about what it says", () => {
  const heaviest = new Map<string, number>();
  for (const chunk of chunks.values())
    heaviest.set(chunk.name, Math.max(chunk.bytes, heaviest.get(chunk.name) ?? 0));
  expect([...limits.keys()].toSorted()).toEqual([...heaviest.keys()].toSorted());
  const wrong = [...heaviest].filter(([name, bytes]) => {
    const limit = limits.get(name) ?? 0;
    return bytes > limit || limit - bytes > limit * ROOM.share + ROOM.bytes;
  });
  expect(wrong.map(([name, bytes]) => `${name}: ${bytes} bytes, ${limits.get(name)} in the table`)).toEqual(
    [],
  );
});

test("each script of a figure's frame weighs about what the table says", () => {
  const table = [...PAGE.matchAll(/^\| `(figure-[\w-]+)` \| (\d+\.\d\d) MB \|/gm)];
  const weights = output
    .filter(({ fileName }) => fileName.startsWith("assets/figure-"))
    .map((file) => [file.fileName.replace(/^assets\/|-[\w-]{8}\.js$/g, ""), sentBytes(file)] as const);
  expect(weights.map(([name]) => name).toSorted()).toEqual(table.map(([, name]) => name).toSorted());
  const limits = new Map(table.map(([, name = "", mb]) => [name, Number(mb) * 1e6]));
  expect(weights.filter(([name, bytes]) => bytes > (limits.get(name) ?? 0))).toEqual([]);
  expect(weights.filter(([name, bytes]) => bytes < 0.8 * (limits.get(name) ?? 0))).toEqual([]);
});

/** As `precompress.ts` writes large files. */
function sentBytes(file: Rollup.OutputChunk | Rollup.OutputAsset): number {
  const content = file.type === "asset" ? file.source : file.code;
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
}

test.each([
  ["text in and out", []],
  ["text in, a picture out", ["components/outputs/image-output"]],
  ["a picture in and out", ["components/inputs/image-input", "components/outputs/image-output"]],
])("a demo with %s is light", (_, modules) => {
  const loaded = loadedFor(modules);
  const requests = 1 + loaded.reduce((sum, { styles }) => sum + 1 + styles.length, 0);
  const bytes = htmlWeight() + loaded.reduce((sum, chunk) => sum + chunk.bytes, 0);
  const parts = loaded.map((chunk) => `${chunk.name}: ${chunk.bytes}`).join(", ");
  expect(requests, parts).toBeLessThanOrEqual(MOST_REQUESTS);
  expect(bytes, parts).toBeLessThan(BUDGET_BYTES);
});
