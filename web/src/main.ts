/** Builds the page once, from the data that the server put into the HTML. */
import { Api } from "./client/api.ts";
import { absolute, mount, socketAddress } from "./client/address.ts";
import { newId, sessionId } from "./client/session.ts";
import { askWhoIsThere } from "./client/signed-out.ts";
import { recall, remember } from "./client/storage.ts";
import { decodeInput } from "./components/inputs/kinds.ts";
import { decodeOutput } from "./components/outputs/kinds.ts";
import { followTheme } from "./components/theme.ts";
import { bootDecoder } from "./contract/boot.ts";
import { demoDecoder, type DemoFormat } from "./contract/demo.ts";
import { parseJson } from "./contract/json.ts";
import { acceptedCodecs } from "./media/codecs.ts";
import { missingFeatures } from "./features.ts";
import "./pages/app.ts";
import { loadDemo, loadPage } from "./pages/parts.ts";
import { AppModel } from "./state/app-model.ts";
import { Store } from "./state/store.ts";
import "./style/main.css";
import { Connection } from "./transport/connection.ts";
import { openFeedLink } from "./transport/feed-link.ts";
import type { OpenStream } from "./transport/feed-leader.ts";
import { OpenPatience } from "./transport/open-patience.ts";
import { openSharedFeedLink } from "./transport/shared-feed.ts";
import { openSocketLink } from "./transport/socket-link.ts";
import { browserTabs } from "./transport/tabs.ts";
import { watchWaking, whenShown } from "./transport/waking.ts";
import { speak } from "./words.ts";

async function start(): Promise<void> {
  const described = parseJson(document.getElementById("gradstream")?.textContent ?? "null");
  const demo: DemoFormat = { load: loadDemo, decode: demoDecoder(decodeInput, decodeOutput) };
  const isIncomplete = watchParts();
  // The words before anything is drawn, so that nobody sees another language first.
  await Promise.all([loadPage(described), speak(navigator.languages, document)]);
  const api = new Api(sessionId(), acceptedCodecs(window), demo, askWhoIsThere);
  const leave = (reader: string, runs: readonly string[]): void => {
    api.leave(reader, runs);
  };
  const feed = {
    address: absolute("api/feed"),
    headers: api.headers,
    patience: new OpenPatience(),
    leave,
    signedOut: askWhoIsThere,
  };
  const openStream: OpenStream = (subscriptions, callbacks) => openFeedLink(feed, subscriptions, callbacks);
  // Tabs with another build of the page may not understand each other.
  const tabs = browserTabs(`gradstream:${mount()}:${new URL(import.meta.url).pathname}`);
  const boot = bootDecoder(demo.decode)(described, "page");
  const connection = new Connection({
    socket: (subscriptions, callbacks) =>
      openSocketLink(socketAddress(), subscriptions, callbacks, askWhoIsThere),
    feed:
      tabs === null
        ? openStream
        : (subscriptions, callbacks) => openSharedFeedLink(tabs, newId, openStream, subscriptions, callbacks),
    heartbeat_ms: boot.heartbeat_s * 1000,
    newReader: newId,
    leave,
    feedSince: Number(recall("feed-since") ?? 0),
    keepFeedSince: (moment) => {
      remember("feed-since", moment === 0 ? null : String(moment));
    },
  });
  const model = new AppModel(boot, api, connection, missingFeatures(window), isIncomplete);
  followTheme(model.catalog);
  const app = Object.assign(document.createElement("gs-app"), { model });
  document.body.prepend(app);
  watchWaking(connection);
  model.open();
  whenShown(() => {
    model.look();
  });
}

/** A module that is loaded when it is needed may not be there: the server has another build by then, or is gone. */
function watchParts(): Store<boolean> {
  const isIncomplete = new Store(false);
  addEventListener("vite:preloadError", () => {
    isIncomplete.set(true);
  });
  return isIncomplete;
}

void start();
