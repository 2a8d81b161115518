import { expect, test } from "vitest";
import type { Demo } from "../../src/contract/demo.ts";
import { apiCall, apiExamples, type ApiExample } from "../../src/state/api-examples.ts";
import { anInput, PHOTO, PROMPT, SECRET } from "./inputs.ts";

const DEMO: Demo = {
  address: "fake.diffusion",
  title: "Fake",
  description: null,
  author: null,
  license: null,
  file: "fake.yaml",
  revision: "r",
  status: "ready",
  source: "",
  inputs: [PROMPT, SECRET, anInput("fast", { default: false }), PHOTO],
  outputs: [],
  editors: [],
  actions: [
    {
      name: "run",
      button: "Run",
      inputs: ["prompt", "secret", "fast"],
      outputs: [],
      live: null,
      every_ms: null,
      on_open: false,
      runs_on: {},
      has_button: true,
      then: { succeeded: [], failed: [], ended: [] },
      stops: [],
    },
  ],
  examples: [],
  cache: false,
  chat: null,
  layout: [],
  diagnostics: [],
  notice: null,
  needs_token: false,
  is_stale: false,
};

function codeOf(language: ApiExample["language"], inputs: readonly string[], needsToken = false): string {
  const [action] = DEMO.actions;
  if (action === undefined) throw new Error("the demo has an action");
  const values = { prompt: "it's", secret: "hush", fast: true, photo: { file: "mine" } };
  const call = apiCall(
    "https://example.org/lab/",
    { ...DEMO, needs_token: needsToken },
    { ...action, inputs },
    values,
  );
  return apiExamples(call).find((each) => each.language === language)?.code ?? "";
}

test("the curl call holds the inputs on the page, quoted for a shell, and no password", () => {
  expect(codeOf("curl", ["prompt", "secret", "fast"]))
    .toBe(`curl -N https://example.org/lab/api/demos/fake.diffusion/runs \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: text/event-stream' \\
  -d '{"inputs":{"prompt":"it'\\''s","secret":"…","fast":true}}'`);
});

test("Python gets Python's own words for true, false and nothing", () => {
  expect(codeOf("Python", ["prompt", "fast"])).toContain(
    'body = {"inputs": {"prompt": "it\'s", "fast": True}}',
  );
});

test("a demo that programs need a token for says where it goes, and never which", () => {
  const languages = ["curl", "Python", "JavaScript"] as const;
  for (const language of languages) expect(codeOf(language, ["photo"])).not.toContain("Authorization");
  const [curl, python, javaScript] = languages.map((each) => codeOf(each, ["photo"], true));
  expect(curl?.match(/-H 'Authorization: Bearer YOUR_TOKEN'/g)).toHaveLength(2);
  expect(python).toContain('headers={"Authorization": "Bearer YOUR_TOKEN", "Content-Type"');
  expect(javaScript).toContain('headers: { Authorization: "Bearer YOUR_TOKEN", "Content-Type"');
});

test("a demo with a file says how the file comes first", () => {
  expect(codeOf("curl", ["photo"])).toContain("curl -F file=@YOUR_FILE https://example.org/lab/api/uploads");
  expect(codeOf("JavaScript", ["photo"])).toContain("https://example.org/lab/api/uploads");
});
