/** The page's WebSocket: frames are JSON arrays of messages, requests are small JSON objects. */
import { Misfit } from "../contract/decode.ts";
import { readMessages, type Message } from "../contract/event.ts";
import { isList, parseJson, writeJson, type Json } from "../contract/json.ts";
import type { Link, LinkCallbacks, Subscriptions } from "./types.ts";

const SIGN_OF_LIFE = "[]";

/** What the server reads from the code: 1000 is a page that left, any other one that will be back. */
const CODES = { left: 1000, replaced: 4000 };

/** What the server closes with when this page is not let in any longer. */
const SIGNED_OUT = 4401;

/** Some proxies neither accept nor refuse an upgrade; waiting longer only delays the other transport. */
const OPEN_WITHIN_MS = 4_000;

export function openSocketLink(
  address: string,
  subscriptions: () => Subscriptions,
  callbacks: LinkCallbacks,
  signedOut: () => void = () => undefined,
): Link {
  const socket = new WebSocket(`${address}?reader=${subscriptions().reader}`);
  const send = (request: Json): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(writeJson(request));
  };
  const link: Link = {
    subscribe: (run, after) => {
      send({ subscribe: { run, after } });
    },
    unsubscribe: (run) => {
      send({ unsubscribe: run });
    },
    watchCatalog: (version) => {
      send({ catalog: version });
    },
    close: (why) => {
      socket.close(CODES[why]);
    },
  };
  const replace = (): void => {
    link.close("replaced");
  };
  const openTimeout = setTimeout(replace, OPEN_WITHIN_MS);
  socket.onopen = () => {
    clearTimeout(openTimeout);
    callbacks.opened();
    // The server waits for answers from a page that gives them.
    send({ alive: true });
    const { runs, catalog } = subscriptions();
    if (catalog !== null) link.watchCatalog(catalog);
    for (const [run, after] of runs) link.subscribe(run, after);
  };
  socket.onmessage = ({ data }) => {
    callbacks.alive();
    if (data === SIGN_OF_LIFE) send({ alive: true });
    else readFrame(String(data), callbacks, replace);
  };
  socket.onclose = ({ code }) => {
    clearTimeout(openTimeout);
    if (code === SIGNED_OUT) signedOut();
    callbacks.closed();
  };
  return link;
}

/** A frame that is no list closes the link: the next one subscribes again from what is known. */
function readFrame(data: string, callbacks: LinkCallbacks, close: () => void): void {
  let batch: readonly Message[];
  try {
    const frame = parseJson(data);
    if (!isList(frame)) throw new Misfit("frame", "a list", frame);
    batch = readMessages(frame);
  } catch (reason) {
    console.error("gradstream: a frame could not be read", reason);
    close();
    return;
  }
  callbacks.messages(batch);
}
