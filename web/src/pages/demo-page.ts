/** A demo: inputs at the left, outputs at the right; or a conversation; or the errors in its file. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import "../components/action-bar.ts";
import { drawBanner } from "../components/banner.ts";
import type { Repair } from "../components/diagnostics.ts";
import { drawChips, drawExamples } from "../components/example-chips.ts";
import "../components/input-list.ts";
import "../components/reset-inputs.ts";
import { LightElement } from "../components/light-element.ts";
import { isChat, type ChatEvent, type LikeEvent } from "../components/outputs/chat-keys.ts";
import { drawSuggestions } from "../components/outputs/chat-suggestions.ts";
import { kindOfOutput } from "../components/outputs/kinds.ts";
import "../components/outputs/output-card.ts";
import "../components/tabs/demo-tabs.ts";
import type { Action, Demo } from "../contract/demo.ts";
import type { Input } from "../contract/input.ts";
import type { Blocks } from "../contract/layout.ts";
import type { Output } from "../contract/output.ts";
import type { Conversation } from "../state/conversation.ts";
import type { DemoModel } from "../state/demo-model.ts";
import { arrange, leavesOf } from "../state/layout.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";

const PRELOAD_AFTER_MS = 200;

/** The file to correct: the demo's own, or a Python file if all mistakes are in it. */
function mistakenFile({ diagnostics, file }: Demo): string {
  const files = new Set(diagnostics.filter(({ severity }) => severity === "error").map((each) => each.file));
  const [only = file] = files;
  return files.size === 1 ? only : file;
}

class DemoPage extends LightElement {
  static override properties = { model: { attribute: false }, isAlone: { type: Boolean }, foot: {} };
  declare model: DemoModel;
  /** Whether nothing stands around the demo's inputs and outputs. */
  declare isAlone: boolean;
  /** What stands at the page's end. */
  declare foot: unknown;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.runOnKeys);
    addEventListener("hashchange", this.readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.runOnKeys);
    removeEventListener("hashchange", this.readAddress);
  }

  protected override watched(): readonly Readable<unknown>[] {
    const { demo, hidden, isRemoved, notFound, notRepaired } = this.model;
    return [demo, hidden, isRemoved, notFound, notRepaired];
  }

  protected override firstUpdated(): void {
    // Once the page stands, and before the first value comes.
    for (const kind of new Set(this.model.demo.value.outputs.map(kindOfOutput)))
      // What fails is loaded again when there is something to draw.
      setTimeout(() => void kind.warm?.().catch(() => undefined), PRELOAD_AFTER_MS);
  }

  override render(): TemplateResult {
    const demo = this.model.demo.value;
    return html`<main class=${this.isAlone ? "embedded" : ""} @gs-chat=${this.chatted} @gs-like=${this.liked}>
      ${this.isAlone ? nothing : drawHead(demo)} ${this.banners(demo)}
      ${
        demo.status === "broken"
          ? html`<p class="lead ${demo.description === null ? "" : "apart"}">${words.demo.broken}</p>
              ${this.findings(demo)}`
          : this.work(withoutLike(demo))
      }
      ${this.isAlone ? nothing : html`<gs-demo-tabs .model=${this.model}></gs-demo-tabs>${this.foot}`}
    </main>`;
  }

  private readonly repair: Repair = (finding, fix) => {
    void this.model.repair(finding, fix);
  };

  private findings(demo: Demo): TemplateResult | typeof nothing {
    if (demo.diagnostics.length === 0 && demo.notice === null) return nothing;
    return html`<gs-findings .demo=${demo} .repair=${this.repair}></gs-findings>`;
  }

  private banners(demo: Demo): TemplateResult {
    const [notFound, notRepaired] = [this.model.notFound.value, this.model.notRepaired.value];
    return html`${notFound === "" ? nothing : drawBanner("note", notFound)}${
      notRepaired === "" ? nothing : drawBanner("bad", notRepaired)
    }${
      this.model.isRemoved.value ? drawBanner("bad", words.demo.removed) : nothing
    }${demo.is_stale ? drawBanner("bad", words.demo.stale(mistakenFile(demo))) : nothing}${
      demo.status === "broken" ? nothing : this.findings(demo)
    }`;
  }

  private work(demo: Demo): TemplateResult {
    const { conversation } = this.model;
    const said = demo.inputs.find(({ name }) => name === demo.chat?.message);
    if (demo.layout.length > 0) return this.arranged(demo, conversation, said);
    return conversation === null ? this.columns(demo) : this.talk(demo, conversation, said);
  }

  private arranged(demo: Demo, conversation: Conversation | null, said: Input | undefined): TemplateResult {
    const { top, left, right } = arrange(demo, conversation?.action?.name ?? null);
    const parts =
      conversation === null || demo.chat === null
        ? null
        : { output: demo.chat.output, ...this.conversationParts(demo, conversation, said, top) };
    const blocks = (items: Blocks): TemplateResult =>
      html`<gs-layout .model=${this.model} .items=${items} .conversation=${parts}></gs-layout>`;
    return html`${top.length === 0 ? nothing : html`<div class="arranged">${blocks(top)}</div>`}${
      left === null || right === null
        ? nothing
        : html`<div class="work">
            <form class="side" aria-label=${words.demo.inputs} @submit=${stay}>${blocks(left)}</form>
            <div class="results" role="group" aria-label=${words.demo.outputs}>${blocks(right)}</div>
          </div>`
    }`;
  }

  private columns(demo: Demo): TemplateResult {
    return html`<div class="work ${demo.inputs.length + demo.examples.length === 0 ? "bare" : ""}">
      <form class="card side" aria-label=${words.demo.inputs} @submit=${stay}>
        ${
          demo.inputs.length + demo.examples.length === 0
            ? nothing
            : html`<div class="pad stack">
                <gs-input-list class="stack" .model=${this.model} .inputs=${demo.inputs}></gs-input-list>
                ${drawExamples(this.model)}
                <gs-reset-inputs .model=${this.model} .inputs=${demo.inputs}></gs-reset-inputs>
              </div>`
        }
        <gs-action-bar .model=${this.model} .actions=${demo.actions}></gs-action-bar>
      </form>
      <div class="stack results" role="group" aria-label=${words.demo.outputs}>
        ${this.cards(demo.outputs)}
      </div>
    </div>`;
  }

  private talk(demo: Demo, conversation: Conversation, said: Input | undefined): TemplateResult {
    const others = demo.outputs.filter(({ name }) => name !== demo.chat?.output);
    const settings = demo.inputs.filter(({ name }) => name !== said?.name);
    const shown = demo.outputs.filter(({ name }) => name === demo.chat?.output);
    const actions = demo.actions.filter(({ name }) => name !== conversation.action?.name);
    const { start, foot } = this.conversationParts(demo, conversation, said, []);
    return html`<div class="talk stack">
      ${this.cards(shown, start, foot)} ${this.settings(settings)} ${this.moreActions(actions)}
      ${this.cards(others)}
    </div>`;
  }

  /** Examples are offered where a conversation begins, unless the layout has another place for them. */
  private conversationParts(
    demo: Demo,
    conversation: Conversation,
    said: Input | undefined,
    layout: Blocks,
  ): { start: TemplateResult; foot: TemplateResult | undefined } {
    const isPlaced = leavesOf(layout).some(({ type }) => type === "examples");
    const output = demo.outputs.find(({ name }) => name === demo.chat?.output);
    const keys = isChat(output) ? output : null;
    const start = html`<div class="starters">
      ${drawSuggestions(said === undefined ? [] : (keys?.suggestions ?? []), this.suggest)}
      ${isPlaced ? nothing : drawChips(this.model)}
    </div>`;
    if (said === undefined) return { start, foot: undefined };
    const foot = html`<gs-composer
      ?hidden=${this.model.hidden.value.inputs.has(said.name)}
      .model=${this.model}
      .conversation=${conversation}
      .input=${said}
      .keys=${{ retry: keys?.retry !== false, undo: keys?.undo !== false }}
    ></gs-composer>`;
    return { start, foot };
  }

  private settings(inputs: readonly Input[]): TemplateResult | typeof nothing {
    if (inputs.length === 0) return nothing;
    return html`<details class="card settings">
      <summary>${words.demo.settings}</summary>
      <div class="pad stack">
        <gs-input-list class="stack" .model=${this.model} .inputs=${inputs}></gs-input-list>
        <gs-reset-inputs .model=${this.model} .inputs=${inputs}></gs-reset-inputs>
      </div>
    </details>`;
  }

  private moreActions(actions: readonly Action[]): TemplateResult | typeof nothing {
    if (actions.length === 0) return nothing;
    return html`<div class="card">
      <gs-action-bar .model=${this.model} .actions=${actions}></gs-action-bar>
    </div>`;
  }

  private cards(outputs: readonly Output[], start?: TemplateResult, foot?: TemplateResult): TemplateResult {
    return html`${repeat(
      outputs,
      ({ name, type }) => `${name}:${type}`,
      (output) =>
        html`<gs-output-card
          ?hidden=${this.model.hidden.value.outputs.has(output.name)}
          .model=${this.model}
          .output=${output}
          .start=${start}
          .foot=${foot}
        ></gs-output-card>`,
    )}`;
  }

  private readonly suggest = (said: string): void => {
    void this.model.conversation?.sayThis(said);
  };

  private readonly chatted = ({ detail }: ChatEvent): void => {
    if (detail.index === null) this.suggest(detail.words);
    else void this.model.conversation?.change(detail.index, detail.words);
  };

  private readonly liked = ({ detail }: LikeEvent): void => {
    this.model.conversation?.like(detail.index, detail.liked);
  };

  private readonly readAddress = (): void => {
    this.model.readAddress();
  };

  private readonly runOnKeys = (event: KeyboardEvent): void => {
    // A field may have taken the key.
    if (
      event.defaultPrevented ||
      event.key !== "Enter" ||
      !(event.ctrlKey || event.metaKey) ||
      event.isComposing
    )
      return;
    event.preventDefault();
    const { conversation } = this.model;
    const first = this.model.demo.value.actions.find(({ has_button }) => has_button);
    if (conversation?.action) void conversation.say();
    else if (first !== undefined) void this.model.run(first);
  };
}

function drawHead({ title, description, author, license }: Demo): TemplateResult {
  const by = [author, license].filter((part) => part !== null).join(" · ");
  return html`<h1 dir="auto">${title}</h1>
    ${description === null ? nothing : html`<gs-prose class="lead" .text=${description}></gs-prose>`}
    ${by === "" ? nothing : html`<p class="by">${by}</p>`}`;
}

/** What is told of likes is started by them alone. */
function withoutLike(demo: Demo): Demo {
  return { ...demo, actions: demo.actions.filter(({ name }) => name !== demo.chat?.like) };
}

/** Enter in a field must not submit the form. */
function stay(event: Event): void {
  event.preventDefault();
}

customElements.define("gs-demo-page", DemoPage);
