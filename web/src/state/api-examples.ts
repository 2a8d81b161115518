/** The call of a demo's API in three languages, with the inputs that are on the page. */
import type { Action, Demo } from "../contract/demo.ts";
import type { Input } from "../contract/input.ts";
import {
  isList,
  isMapping,
  keyOf,
  member,
  writeJson,
  type Json,
  type JsonMapping,
} from "../contract/json.ts";
import { words } from "../words.ts";
import { englishApi, type ApiWords } from "../words/api/en.ts";
import { decidingInputs } from "./conditions.ts";
import type { Values } from "./values.ts";

/** What stands for a token, wherever there has to be one. */
const BEARER = "Bearer YOUR_TOKEN";

export interface ApiExample {
  readonly language: "curl" | "Python" | "JavaScript";
  readonly code: string;
}

export interface ApiCall {
  readonly url: string;
  readonly body: JsonMapping;
  /** Inputs that are files: each is uploaded first, and its id goes into the call. */
  readonly files: readonly string[];
  /** Whether programs are let in by a token, which the page does not know. */
  readonly needsToken: boolean;
}

export function apiCall(origin: string, demo: Demo, action: Action, values: Values): ApiCall {
  const sent = [...action.inputs, ...decidingInputs(demo.inputs, action.inputs)];
  const used = demo.inputs.filter(({ name }) => sent.includes(name));
  const files = used.filter(({ takesFile }) => takesFile).map(({ name }) => name);
  const shown = Object.fromEntries(used.map((input) => [input.name, shownValue(input, values)]));
  const body = { inputs: shown, ...(demo.actions.length > 1 ? { action: action.name } : {}) };
  return {
    url: `${origin}api/demos/${encodeURIComponent(demo.address)}/runs`,
    body,
    files,
    needsToken: demo.needs_token,
  };
}

/** A password never leaves its field; a file is named by what the upload answers. */
function shownValue(input: Input, values: Values): Json {
  if (input.isSecret) return "…";
  const value = member(values, input.name) ?? null;
  if (input.takesFile && isList(value)) return [{ file: "FILE_ID" }];
  if (input.takesFile) return { ...(isMapping(value) ? value : {}), file: "FILE_ID" };
  return value;
}

export function apiExamples(call: ApiCall): readonly ApiExample[] {
  return [
    { language: "curl", code: inCurl(call) },
    { language: "Python", code: inPython(call) },
    { language: "JavaScript", code: inJavaScript(call) },
  ];
}

function uploadUrl({ url }: ApiCall): string {
  return url.replace(/api\/demos\/.*$/, "api/uploads");
}

function inCurl(call: ApiCall): string {
  const body = writeJson(call.body).replaceAll("'", "'\\''");
  const token = call.needsToken ? `-H 'Authorization: ${BEARER}' ` : "";
  const upload = `# ${apiWords().firstTheFile}\ncurl ${token}-F file=@YOUR_FILE ${uploadUrl(call)}\n\n`;
  return `${call.files.length > 0 ? upload : ""}curl -N ${call.url} \\
${call.needsToken ? `  ${token}\\\n` : ""}  -H 'Content-Type: application/json' \\
  -H 'Accept: text/event-stream' \\
  -d '${body}'`;
}

function inPython(call: ApiCall): string {
  const token = call.needsToken ? `"Authorization": "${BEARER}", ` : "";
  const note = call.files.length > 0 ? `# ${apiWords().fileId(uploadUrl(call))}\n` : "";
  return `import json
from urllib.request import Request, urlopen

${note}body = ${toPython(call.body, 0)}
request = Request(
    "${call.url}",
    data=json.dumps(body).encode(),
    headers={${token}"Content-Type": "application/json", "Accept": "text/event-stream"},
)
with urlopen(request) as events:
    for line in events:
        field, _, rest = line.decode().rstrip("\\r\\n").partition(": ")
        if field == "event":
            kind = rest
        elif field == "data":
            print(kind, json.loads(rest))`;
}

function inJavaScript(call: ApiCall): string {
  const token = call.needsToken ? `Authorization: "${BEARER}", ` : "";
  const note = call.files.length > 0 ? `// ${apiWords().fileId(uploadUrl(call))}\n` : "";
  return `${note}const response = await fetch("${call.url}", {
  method: "POST",
  headers: { ${token}"Content-Type": "application/json", Accept: "text/event-stream" },
  body: ${javaScriptBody(call.body)},
});

let text = "";
for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
  const events = (text + part).split("\\n\\n");
  text = events.pop();
  for (const event of events) {
    const fields = Object.fromEntries(event.split("\\n").map((line) => line.split(/: (.*)/s)));
    if (fields.event) console.log(fields.event, JSON.parse(fields.data));
  }
}`;
}

/** JavaScript has no literal for every number and order of keys that JSON has: such a body stays a text. */
function javaScriptBody(body: JsonMapping): string {
  const literal = writeJson(body, 2);
  const isSafe = JSON.stringify(JSON.parse(literal)) === writeJson(body);
  return isSafe ? `JSON.stringify(${literal.replaceAll("\n", "\n  ")})` : JSON.stringify(writeJson(body));
}

/** A JSON value as a Python literal. */
function toPython(value: Json, depth: number): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value !== "object") return writeJson(value);
  const isList = Array.isArray(value);
  const items = Object.entries(value).map(([key, item]: [string, Json]) => {
    const written = toPython(item, depth + 1);
    return isList ? written : `${JSON.stringify(keyOf(key))}: ${written}`;
  });
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const short = `${open}${items.join(", ")}${close}`;
  if (short.length <= 70 && !short.includes("\n")) return short;
  const indent = "    ".repeat(depth);
  return `${open}\n${items.map((item) => `${indent}    ${item},\n`).join("")}${indent}${close}`;
}

function apiWords(): ApiWords {
  return words.api ?? englishApi;
}
