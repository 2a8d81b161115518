// @vitest-environment jsdom
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Api } from "../../src/client/api.ts";
import { demoDecoder } from "../../src/contract/demo.ts";

const refuse = (): never => {
  throw new Error("no demo is read here");
};

test("an upload that is aborted ends, so that runs which wait for it can start", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  const { port } = server.address() as AddressInfo;
  document.head.innerHTML = `<base href="http://localhost:${port}/">`;
  const api = new Api("session", [], demoDecoder(refuse, refuse));
  const abort = new AbortController();
  const upload = api.upload(new File(["content"], "a.txt"), () => undefined, abort.signal);
  abort.abort();
  await expect(upload).rejects.toThrow("aborted");
  server.closeAllConnections();
  server.close();
});
