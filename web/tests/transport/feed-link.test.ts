import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "../../src/contract/event.ts";
import { openFeedLink } from "../../src/transport/feed-link.ts";
import type { Link, LinkCallbacks, Subscriptions } from "../../src/transport/types.ts";
import { until } from "../patience.ts";

let server: Server;
let requests: { url: string; session: string | undefined; response: ServerResponse }[];
let received: Message[];
let reported: string[];
let signs: number;
let givenUp: number;
let isDead: boolean;
let left: (readonly [string, readonly string[]])[];
let link: Link;

const callbacks: LinkCallbacks = {
  opened: () => reported.push("opened"),
  alive: () => (signs += 1),
  messages: (batch) => received.push(...batch),
  closed: () => reported.push("closed"),
};

const patience = {
  limit_ms: 60_000,
  giveUp: () => void (givenUp += 1),
  opened: () => void (givenUp = 0),
};
const leave = (reader: string, runs: readonly string[]): void => void left.push([reader, runs]);

function open(wanted: Omit<Subscriptions, "reader">): void {
  const subscriptions = { ...wanted, reader: "me" };
  const { port } = server.address() as AddressInfo;
  const place = {
    address: `http://127.0.0.1:${port}/api/feed`,
    headers: { "X-Gradstream-Session": "s" },
    patience,
    leave,
  };
  link = openFeedLink(place, () => subscriptions, callbacks);
}

beforeEach(async () => {
  requests = [];
  received = [];
  reported = [];
  signs = 0;
  givenUp = 0;
  isDead = false;
  left = [];
  server = createServer((request, response) => {
    if (isDead) return;
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.flushHeaders();
    requests.push({
      url: request.url ?? "",
      session: request.headers["x-gradstream-session"] as string,
      response,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  link.close("replaced");
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
  await until(() => reported.includes("opened"));
  expect(requests.map(({ url, session }) => [decodeURIComponent(url), session])).toEqual([
    ["/api/feed?reader=me&runs=a:3,b:0&catalog=7", "s"],
  ]);
});

test("messages are passed on, and another subscription opens the stream again from their numbers", async () => {
  open({ runs: new Map([["a", 0]]), catalog: null });
  await until(() => requests.length === 1);
  requests[0]?.response.write('event: running\nid: a:1\ndata: {"run":"a","seq":1,"type":"running"}\n\n');
  await until(() => received.length === 1);
  link.subscribe("b", 5);
  link.watchCatalog(2);
  await until(() => requests.length === 2);
  expect(decodeURIComponent(requests[1]?.url ?? "")).toBe("/api/feed?reader=me&runs=a:1,b:5&catalog=2");
  expect(reported).not.toContain("closed");
});

test("a comment is a sign of life and no message", async () => {
  open({ runs: new Map([["a", 0]]), catalog: null });
  await until(() => requests.length === 1);
  requests[0]?.response.write(": alive\n\n");
  await until(() => signs === 1);
  expect(received).toEqual([]);
});

test("the end of a stream is reported as closed, once", async () => {
  open({ runs: new Map([["a", 0]]), catalog: null });
  await until(() => requests.length === 1);
  requests[0]?.response.end();
  await until(() => reported.includes("closed"));
  link.close("replaced");
  expect(reported.filter((each) => each === "closed")).toHaveLength(1);
});

test("data that is not an event closes the link, so that the next one subscribes again", async () => {
  const noted = vi.spyOn(console, "debug").mockImplementation(() => undefined);
  open({ runs: new Map([["a", 0]]), catalog: null });
  await until(() => requests.length === 1);
  requests[0]?.response.write("data: <html>\n\n");
  await until(() => reported.includes("closed"));
  expect(received).toEqual([]);
  expect(noted).toHaveBeenCalledOnce();
  noted.mockRestore();
});

test("a run that is left is named to the server, and one that is over is not", async () => {
  open({
    runs: new Map([
      ["a", 0],
      ["b", 0],
      ["c", 0],
    ]),
    catalog: null,
  });
  await until(() => requests.length === 1);
  requests[0]?.response.write('data: {"run":"a","seq":1,"type":"succeeded","duration_s":1}\n\n');
  requests[0]?.response.write('data: {"run":"c","type":"gone"}\n\n');
  await until(() => received.length === 2);
  link.unsubscribe("a");
  expect(left).toEqual([]);
  link.close("left");
  expect(left).toEqual([["me", ["b"]]]);
});

test("a request that is not answered is given up, and one that was answered may be silent", async () => {
  patience.limit_ms = 100;
  open({ runs: new Map([["a", 0]]), catalog: null });
  await until(() => reported.includes("opened"));
  const silent = link;
  isDead = true;
  open({ runs: new Map([["b", 0]]), catalog: null });
  await until(() => reported.includes("closed"));
  expect([reported, givenUp]).toEqual([["opened", "closed"], 1]);
  silent.close("replaced");
  patience.limit_ms = 60_000;
});
