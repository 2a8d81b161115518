import { defineConfig } from "vitest/config";
import { CHUNKS } from "./chunks.ts";
import { figureFrames } from "./figure-frames.ts";
import { precompress } from "./precompress.ts";
import { woff2Only } from "./woff2-only.ts";

export default defineConfig({
  // The server says where it is mounted with <base>; every address stays relative to that.
  base: "./",
  plugins: [woff2Only(), figureFrames(), precompress()],
  build: {
    outDir: "../engine/gradstream/page",
    emptyOutDir: true,
    // The browsers that know light-dark(), which the colours are written with.
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
    // Pictures stay files of their own: nothing is inlined that a page may not need.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What each chunk may weigh is in docs/architecture/04-page.md, and a test holds it.
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: { checks: { bundlerTimings: false }, output: { codeSplitting: { groups: CHUNKS } } },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // For tests that hang; the machine may be busy with other work.
    testTimeout: 300_000,
    // All files share one environment, which costs a third of one for each; no test may rest on a fresh module.
    pool: "threads",
    isolate: false,
    // Under Node.js Lit is always in the form for development, and says so each time.
    onConsoleLog: (text) => !text.includes("Lit is in dev mode"),
  },
});
