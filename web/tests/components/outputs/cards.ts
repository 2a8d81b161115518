/** Draws outputs for tests: a demo with one output, whose run is driven by hand. */
import { html } from "lit";
import { vi } from "vitest";
import { decodeOutput, OUTPUT_KINDS } from "../../../src/components/outputs/kinds.ts";
import "../../../src/components/outputs/output-card.ts";
import { Api } from "../../../src/client/api.ts";
import type { Action, Demo } from "../../../src/contract/demo.ts";
import type { RunEvent } from "../../../src/contract/event.ts";
import type { Json } from "../../../src/contract/json.ts";
import type { Output } from "../../../src/contract/output.ts";
import { Store } from "../../../src/state/store.ts";
import { DemoModel } from "../../../src/state/demo-model.ts";
import { Connection } from "../../../src/transport/connection.ts";
import { describedOutput, formatOf } from "../../contract/described.ts";
import { ScriptedNetwork } from "../../transport/scripted-link.ts";
import { drawn, settled } from "../drawn.ts";

await OUTPUT_KINDS.load(OUTPUT_KINDS.names);

const ACTION: Action = {
  name: "run",
  button: "Run",
  inputs: [],
  outputs: ["out"],
  live: null,
  every_ms: null,
  on_open: false,
  runs_on: {},
  has_button: true,
  then: { succeeded: [], failed: [], ended: [] },
  stops: [],
};

export const SUCCEEDED: RunEvent = { type: "succeeded", duration_s: 2 };

export function set(value: Json): RunEvent {
  return { type: "set", output: "out", value, final: false, more: false };
}

/** Stand in for what the test's document has no layout, media or network for. */
export function stubBrowser(): void {
  class Observer {
    readonly observe = (): void => undefined;
    readonly disconnect = (): void => undefined;
  }
  vi.stubGlobal("ResizeObserver", Observer);
  // All that is drawn is in view.
  class Sight extends Observer {
    constructor(seen: (entries: readonly { readonly isIntersecting: boolean }[]) => void) {
      super();
      seen([{ isIntersecting: true }]);
    }
  }
  vi.stubGlobal("IntersectionObserver", Sight);
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
  Object.assign(HTMLMediaElement.prototype, { load: () => undefined, pause: () => undefined });
  // jsdom has no error of a media element, not even null.
  Object.defineProperty(HTMLMediaElement.prototype, "error", { value: null, configurable: true });
  Object.assign(HTMLCanvasElement.prototype, { getContext: () => null });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"run": "r", "started_at": null}')));
}

export class CardPage {
  readonly network = new ScriptedNetwork();
  readonly output: Output;
  readonly model: DemoModel;
  readonly isDisconnected = new Store(false);
  private root: HTMLElement = document.createElement("div");
  private seq = 0;

  constructor(type: string, keys: Readonly<Record<string, Json>> = {}) {
    this.output = decodeOutput(describedOutput(type, keys), "output");
    const connection = new Connection(this.network.options);
    const api = new Api(
      "me",
      [],
      formatOf(() => demoOf(this.output)),
    );
    this.model = new DemoModel(demoOf(this.output), api, connection, this.isDisconnected);
  }

  /** Draw the card, and follow a run of the demo. */
  async open(run: string): Promise<HTMLElement> {
    const { model, output } = this;
    const { root } = await drawn(html`<gs-output-card .model=${model} .output=${output}></gs-output-card>`);
    this.root = root;
    this.follow(run);
    await this.nextFrame();
    return root;
  }

  follow(run: string): void {
    this.seq = 0;
    this.model.runner.attach(ACTION, run, { startedAt: null, recordedAt: null, seq: 0 });
  }

  /** Events of a run, and the page's next frame. */
  async receive(run: string, ...events: readonly RunEvent[]): Promise<void> {
    this.network.last.callbacks.messages(
      events.map((event) => ({ about: "run", run, seq: (this.seq += 1), event }) as const),
    );
    await this.nextFrame();
  }

  private async nextFrame(): Promise<void> {
    await new Promise(requestAnimationFrame);
    await settled(this.root);
  }
}

function demoOf(output: Output): Demo {
  return {
    address: "demo",
    title: "Demo",
    description: null,
    author: null,
    license: null,
    file: "demo.yaml",
    revision: "r",
    status: "ready",
    source: "",
    inputs: [],
    outputs: [output],
    editors: [],
    actions: [ACTION],
    examples: [],
    cache: false,
    chat: null,
    layout: [],
    diagnostics: [],
    notice: null,
    needs_token: false,
    is_stale: false,
  };
}
