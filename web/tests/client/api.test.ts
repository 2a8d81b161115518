// @vitest-environment jsdom
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { Api } from "../../src/client/api.ts";
import { demoDecoder } from "../../src/contract/demo.ts";
import { words } from "../../src/words.ts";
import { formatOf } from "../contract/described.ts";

const refuse = (): never => {
  throw new Error("no demo is read here");
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function started(status = 201): Response {
  return new Response('{"run": "r"}', { status });
}

/** Answer each request with the next of these, and return the keys that came. */
function answering(...answers: readonly (() => Response)[]): string[] {
  vi.useFakeTimers();
  document.head.innerHTML = '<base href="http://localhost/">';
  const keys: string[] = [];
  vi.stubGlobal("fetch", (_: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers["Idempotency-Key"] ?? "");
    const answer = answers[Math.min(keys.length, answers.length) - 1];
    return new Promise((resolve) => {
      resolve(answer?.());
    });
  });
  return keys;
}

const lost = (): never => {
  throw new TypeError("Failed to fetch");
};
/** All pauses together. Not until no timer is left: what another file has begun in this environment may come again. */
const LONGEST_MS = 60_000;
const FORMAT = formatOf(demoDecoder(refuse, refuse));
const REQUEST = { action: "run", inputs: {} };

test("a request whose answer was lost is sent again with its key, and finds the run that it has started", async () => {
  const keys = answering(
    lost,
    () => new Response("", { status: 502 }),
    () => started(200),
  );
  const starting = new Api("session", [], FORMAT).start("demo", REQUEST);
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
  expect(await starting).toEqual({ run: "r", isNew: true, recordedAt: null });
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.length).toBe(3);
});

test("each press has a key of its own", async () => {
  const keys = answering(() => started());
  const api = new Api("session", [], FORMAT);
  await api.start("demo", REQUEST);
  await api.start("demo", REQUEST);
  expect(new Set(keys).size).toBe(2);
});

test("without any answer it is said that the run may have been started", async () => {
  const keys = answering(lost);
  const starting = new Api("session", [], FORMAT).start("demo", REQUEST);
  const said = expect(starting).rejects.toThrow(words.server.unanswered);
  await vi.advanceTimersByTimeAsync(LONGEST_MS);
  await said;
  expect(keys.length).toBe(6);
});

test("a refusal is an answer", async () => {
  const keys = answering(() => new Response('{"title": "The queue is full"}', { status: 503 }));
  const api = new Api("session", [], FORMAT);
  await expect(api.start("demo", REQUEST)).rejects.toThrow("The queue is full");
  expect(keys.length).toBe(1);
});

test("an upload that is aborted ends, so that runs which wait for it can start", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  const { port } = server.address() as AddressInfo;
  document.head.innerHTML = `<base href="http://localhost:${port}/">`;
  const api = new Api("session", [], FORMAT);
  const abort = new AbortController();
  const upload = api.upload(new File(["content"], "a.txt"), () => undefined, abort.signal);
  abort.abort();
  await expect(upload).rejects.toThrow("aborted");
  server.closeAllConnections();
  server.close();
});
