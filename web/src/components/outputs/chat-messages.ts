/** The messages of a conversation. A long one is drawn from its end, some messages a frame. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { isList, isMapping, sameJson, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { frameWork, WHOLE_FRAME, type Work } from "../frame-work.ts";
import { LightElement } from "../light-element.ts";
import { chatMessage, drawMessage, type ChatMessage } from "./chat-message.ts";

const FIRST = 12;
/** How many messages, and how many characters in them, are added in one frame; one message at least. */
const A_FRAME = 8;
const FRAME_CHARACTERS = 6_000;

const THINKING: ChatMessage = { role: "assistant", content: "", metadata: null };

class Messages extends LightElement implements Work {
  static override properties = {
    value: { attribute: false },
    run: { attribute: false },
    isActive: { attribute: false },
  };
  declare value: Json;
  declare run: string | null;
  declare isActive: boolean;
  /** The first message that is drawn. */
  private from = 0;
  private items: readonly Json[] = [];
  /** Messages that did not change are not read again. */
  private readonly read = new WeakMap<object, ChatMessage>();

  constructor() {
    super();
    this.value = null;
    this.run = null;
    this.isActive = false;
  }

  /** Draw some of the messages before those that are drawn. */
  step(): number {
    if (this.from === 0) return 0;
    this.from = before(isList(this.value) ? this.value : [], this.from, A_FRAME);
    this.requestUpdate();
    return WHOLE_FRAME;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    frameWork.remove(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("value")) return;
    const items = isList(this.value) ? this.value : [];
    if (this.isAnother(items)) this.from = before(items, items.length, FIRST);
    this.items = items;
  }

  /** Whether these messages do not continue the ones that are drawn: they are drawn from their end, like the first. */
  private isAnother(items: readonly Json[]): boolean {
    const { length } = this.items;
    if (items.length < length || items.length > length + FIRST) return true;
    return length > FIRST && !sameJson(items[0], this.items[0]);
  }

  protected override updated(): void {
    if (this.from > 0) frameWork.add(this);
  }

  override render(): TemplateResult {
    const { run, isActive } = this;
    const items = isList(this.value) ? this.value : [];
    const messages = items.map((item) => this.readMessage(item));
    const last = messages.length - 1;
    const isAwaited = isActive && messages[last]?.role === "user";
    return html`<div class="messages" role="log" aria-live="off">
      ${repeat(
        messages.slice(this.from),
        (_, at) => this.from + at,
        (message, at) => {
          const isGrowing = isActive && this.from + at === last && message.role !== "user";
          return guard([message, run, isGrowing], () => drawMessage({ message, run, isGrowing }));
        },
      )}
      ${isAwaited ? drawMessage({ message: THINKING, run, isGrowing: true }) : nothing}
    </div>`;
  }

  /** An item of another shape is shown as JSON. */
  private readMessage(item: Json): ChatMessage {
    const shown = { role: "assistant", content: item, metadata: null };
    if (typeof item !== "object" || item === null) return shown;
    const message = this.read.get(item) ?? readValue(chatMessage, item) ?? shown;
    this.read.set(item, message);
    return message;
  }
}

/** The first of the messages before this place that one frame can draw. */
function before(items: readonly Json[], end: number, most: number): number {
  let characters = 0;
  let from = end;
  while (from > 0 && end - from < most && characters < FRAME_CHARACTERS) {
    from -= 1;
    characters += charactersOf(items[from]);
  }
  return from;
}

function charactersOf(item: Json | undefined): number {
  const content = isMapping(item) ? item.content : item;
  return typeof content === "string" ? content.length : 0;
}

customElements.define("gs-messages", Messages);
