/**
 * The documents in which the page shows figures of other libraries, each with one script.
 *
 *     a library's bundle + src/figure-frames/NAME.ts --> assets/figure-NAME-HASH.js
 *                                                    --> figure-NAME.html, which the server sends as frame/NAME
 *
 * Bundles are copied as their makers have built them: to read and shorten them again takes most of a minute.
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, type Plugin } from "vite";

const MODULES = join(import.meta.dirname, "node_modules");
const SOURCES = join(import.meta.dirname, "src/figure-frames");

interface Frame {
  readonly name: string;
  /** The module of ours that draws with the library. */
  readonly drawer: string;
  /** Bundles of the library, in the order in which they are run. */
  readonly bundles: readonly string[];
}

const FRAMES: readonly Frame[] = [
  { name: "plotly", drawer: "plotly.ts", bundles: ["plotly.js-cartesian-dist-min/plotly-cartesian.min.js"] },
  { name: "plotly-whole", drawer: "plotly.ts", bundles: ["plotly.js-strict-dist-min/plotly-strict.min.js"] },
  {
    name: "vega",
    drawer: "vega.ts",
    bundles: ["vega/build/vega.min.js", "vega-lite/build/vega-lite.min.js"],
  },
  {
    name: "bokeh",
    drawer: "bokeh.ts",
    bundles: ["@bokeh/bokehjs/build/js/bokeh.min.js", "@bokeh/bokehjs/build/js/bokeh-widgets.min.js"],
  },
];

/** Where the server writes what allows the script to run in this document alone. */
export const NONCE_MARK = "gradstream-nonce";

export function figureFrames(): Plugin {
  return {
    name: "gradstream-figure-frames",
    apply: "build",
    async generateBundle() {
      for (const frame of FRAMES) {
        const source = await scriptOf(frame);
        const script = this.emitFile({ type: "asset", name: `figure-${frame.name}.js`, source });
        const page = await readFile(join(SOURCES, "frame.html"), "utf8");
        this.emitFile({
          type: "asset",
          fileName: `figure-${frame.name}.html`,
          source: page.replace("{script}", `../${this.getFileName(script)}`),
        });
      }
    },
  };
}

async function scriptOf({ drawer, bundles }: Frame): Promise<string> {
  const parts = await Promise.all(bundles.map(bundled));
  return [...parts, await builtDrawer(join(SOURCES, drawer))].join("\n;\n");
}

/** A bundle, with its licence before it, which must go where it goes. */
async function bundled(bundle: string): Promise<string> {
  const [scope = "", name = ""] = bundle.split("/");
  const home = join(MODULES, scope.startsWith("@") ? join(scope, name) : scope);
  const [licence, code] = await Promise.all([
    readFile(join(home, "LICENSE"), "utf8").catch(() => readFile(join(dirname(home), "LICENSE"), "utf8")),
    readFile(join(MODULES, bundle), "utf8"),
  ]);
  return `/*!\n${licence}\n*/\n${code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")}`;
}

/** Our part: a script that runs as it is, with what it imports in it. */
async function builtDrawer(file: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: file, output: { format: "iife" } },
    },
  });
  const [first] = "output" in made ? made.output : [];
  if (first?.type !== "chunk") throw new Error(`${file} was not built`);
  return first.code;
}
