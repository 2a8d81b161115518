import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../src/contract/event.ts";
import { openFeedLink } from "../../src/transport/feed-link.ts";
import type { Link, LinkCallbacks, Subscriptions } from "../../src/transport/types.ts";

let server: Server;
let asked: { url: string; session: string | undefined; response: ServerResponse }[];
let heard: Message[];
let told: string[];
let link: Link;

const callbacks: LinkCallbacks = {
  opened: () => told.push("opened"),
  messages: (batch) => heard.push(...batch),
  closed: () => told.push("closed"),
};

function open(subscriptions: Subscriptions): void {
  const { port } = server.address() as AddressInfo;
  const place = { address: `http://127.0.0.1:${port}/api/feed`, headers: { "X-Gradstream-Session": "s" } };
  link = openFeedLink(place, () => subscriptions, callbacks);
}

beforeEach(async () => {
  asked = [];
  heard = [];
  told = [];
  server = createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.flushHeaders();
    asked.push({
      url: request.url ?? "",
      session: request.headers["x-gradstream-session"] as string,
      response,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  link.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("one stream asks for all runs and the catalog, and carries the session", async () => {
  open({
    runs: new Map([
      ["a", 3],
      ["b", 0],
    ]),
    catalog: 7,
  });
  await vi.waitUntil(() => told.includes("opened"));
  expect(asked.map(({ url, session }) => [decodeURIComponent(url), session])).toEqual([
    ["/api/feed?runs=a:3,b:0&catalog=7", "s"],
  ]);
});

test("what the stream brings is told, and a changed wish opens it anew from there", async () => {
  open({ runs: new Map([["a", 0]]), catalog: null });
  await vi.waitUntil(() => asked.length === 1);
  asked[0]?.response.write('event: running\nid: a:1\ndata: {"run":"a","seq":1,"type":"running"}\n\n');
  await vi.waitUntil(() => heard.length === 1);
  link.subscribe("b", 5);
  link.watchCatalog(2);
  await vi.waitUntil(() => asked.length === 2);
  expect(decodeURIComponent(asked[1]?.url ?? "")).toBe("/api/feed?runs=a:1,b:5&catalog=2");
  expect(told).not.toContain("closed");
});

test("a stream that ends is told as closed, once", async () => {
  open({ runs: new Map([["a", 0]]), catalog: null });
  await vi.waitUntil(() => asked.length === 1);
  asked[0]?.response.end();
  await vi.waitUntil(() => told.includes("closed"));
  link.close();
  expect(told.filter((each) => each === "closed")).toHaveLength(1);
});

test("data that is no event ends the link, so that the next one asks again", async () => {
  const noted = vi.spyOn(console, "debug").mockImplementation(() => undefined);
  open({ runs: new Map([["a", 0]]), catalog: null });
  await vi.waitUntil(() => asked.length === 1);
  asked[0]?.response.write("data: <html>\n\n");
  await vi.waitUntil(() => told.includes("closed"));
  expect(heard).toEqual([]);
  expect(noted).toHaveBeenCalledOnce();
  noted.mockRestore();
});
