/** The messages of a conversation. A long one is drawn from its end, some messages a frame. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { isList, isMapping, sameJson, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { chatWords } from "../chat-words.ts";
import { frameWork, WHOLE_FRAME, type Work } from "../frame-work.ts";
import { LightElement } from "../light-element.ts";
import { textOf } from "./chat-content.ts";
import { tellLiked, tellPage, type ChatKeys } from "./chat-keys.ts";
import { chatMessage, drawMessage, type ChatMessage, type Fold, type Opinion } from "./chat-message.ts";
import { nested } from "./thoughts.ts";

const FIRST = 12;
/** How many messages, and how many characters in them, are added in one frame; one message at least. */
const A_FRAME = 8;
const FRAME_CHARACTERS = 6_000;

const THINKING: ChatMessage = { role: "assistant", content: "", metadata: null, options: null };

const PLAIN = { hasCopy: false, edit: null, choose: null, fold: null, opinion: null, avatar: null };

interface Talk {
  readonly messages: readonly ChatMessage[];
  /** The messages in each, and under null those that are in none. */
  readonly inside: ReadonlyMap<number | null, readonly number[]>;
  readonly last: number;
}

class Messages extends LightElement implements Work {
  static override properties = {
    value: { attribute: false },
    run: { attribute: false },
    isActive: { attribute: false },
    keys: { attribute: false },
    picture: { attribute: false },
    changing: { state: true },
  };
  declare value: Json;
  declare run: string | null;
  declare isActive: boolean;
  declare keys: Pick<ChatKeys, "copy" | "edit" | "like" | "avatars"> | null;
  /** The address of a picture that the demo's file names. */
  declare picture: ((path: string) => string) | null;
  /** Which message the visitor is changing. */
  declare changing: number | null;
  /** The first message that is drawn. */
  private from = 0;
  private items: readonly Json[] = [];
  /** Which thoughts the visitor has opened and closed: they stay so, however the answer grows. */
  private readonly turned = new Map<number, boolean>();
  /** What the visitor thinks of each message. */
  private readonly liked = new Map<number, boolean | null>();
  /** Messages that did not change are not read again. */
  private readonly read = new WeakMap<object, ChatMessage>();

  constructor() {
    super();
    this.value = null;
    this.run = null;
    this.isActive = false;
    this.keys = null;
    this.picture = null;
    this.changing = null;
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
    if (this.isAnother(items)) {
      this.from = before(items, items.length, FIRST);
      this.turned.clear();
      this.liked.clear();
    }
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
    const isAwaited = isActive && messages.at(-1)?.role === "user";
    const talk = { messages, inside: nested(messages), last: messages.length - 1 };
    return html`<div class="messages" role="log" aria-live="off">
      ${repeat(
        (talk.inside.get(null) ?? []).filter((at) => at >= this.from),
        (at) => at,
        (at) => this.message(talk, at),
      )}
      ${isAwaited ? drawMessage({ ...PLAIN, message: THINKING, run, isGrowing: true, avatar: this.avatar(THINKING) }) : nothing}
    </div>`;
  }

  private message(talk: Talk, at: number): unknown {
    const { run, isActive, keys } = this;
    const message = talk.messages[at];
    if (message === undefined) return nothing;
    if (this.changing === at && !isActive) return this.changeField(message, at);
    const canEdit =
      keys?.edit === true && !isActive && message.role === "user" && textOf(message.content) !== "";
    const canChoose = keys !== null && !isActive && at === talk.last;
    const all = withInside(talk.inside, at);
    const turned = all.map((each) => this.turned.get(each));
    const isGrowing = isActive && all.includes(talk.last) && message.role !== "user";
    const watched = [...all.map((each) => talk.messages[each]), ...turned];
    const avatar = this.avatar(message);
    return guard(
      [run, isGrowing, canEdit, canChoose, avatar, keys?.copy, keys?.like, this.liked.get(at), ...watched],
      () =>
        drawMessage({
          message,
          run,
          isGrowing: isGrowing && at === talk.last,
          hasCopy: keys?.copy !== false,
          edit: canEdit ? () => void this.change(at) : null,
          choose: canChoose ? this.choose : null,
          fold: this.fold(talk, at),
          opinion: this.opinion(at, message),
          avatar,
        }),
    );
  }

  private avatar({ role }: ChatMessage): string | null {
    const avatars = this.keys?.avatars ?? null;
    const path = role === "user" ? avatars?.user : role === "assistant" ? avatars?.assistant : null;
    return path === null || path === undefined ? null : (this.picture?.(path) ?? null);
  }

  private opinion(at: number, { role }: ChatMessage): Opinion | null {
    if ((this.keys?.like ?? null) === null || role !== "assistant") return null;
    const say = (liked: boolean | null): void => {
      this.liked.set(at, liked);
      this.requestUpdate();
      tellLiked(this, at, liked);
    };
    return { liked: this.liked.get(at) ?? null, say };
  }

  /** What is in a thought, which is open while any of it is being generated, unless the visitor has closed it. */
  private fold(talk: Talk, at: number): Fold {
    const { run, isActive } = this;
    const isPending = withInside(talk.inside, at).some(
      (each) => (isActive && each === talk.last) || talk.messages[each]?.metadata?.status === "pending",
    );
    const inside = (talk.inside.get(at) ?? []).flatMap((each) => {
      const message = talk.messages[each];
      if (message === undefined) return [];
      const isGrowing = isActive && each === talk.last;
      return [drawMessage({ ...PLAIN, message, run, isGrowing, fold: this.fold(talk, each) })];
    });
    const turned = (isOpen: boolean): void => {
      this.turned.set(at, isOpen);
    };
    return { inside, isOpen: this.turned.get(at) ?? isPending, turned };
  }

  private changeField(message: ChatMessage, at: number): TemplateResult {
    const send = (): void => {
      const field = this.querySelector<HTMLTextAreaElement>(".changing textarea");
      this.changing = null;
      tellPage(this, field?.value ?? "", at);
    };
    const cancel = (): void => {
      this.changing = null;
    };
    const keyed = (event: KeyboardEvent): void => {
      if (event.key === "Escape") cancel();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      send();
    };
    return html`<div class="message mine changing">
      <textarea
        class="field"
        rows="2"
        dir="auto"
        aria-label=${chatWords().own.field}
        .value=${textOf(message.content)}
        @keydown=${keyed}
      ></textarea>
      <div class="changing-tools">
        <button class="small" type="button" @click=${cancel}>${chatWords().own.cancel}</button>
        <button class="small main" type="button" @click=${send}>${words.actions.send}</button>
      </div>
    </div>`;
  }

  private async change(at: number): Promise<void> {
    this.changing = at;
    await this.updateComplete;
    this.querySelector<HTMLTextAreaElement>(".changing textarea")?.focus();
  }

  private readonly choose = (said: string): void => {
    tellPage(this, said, null);
  };

  /** An item of another shape is shown as JSON. */
  private readMessage(item: Json): ChatMessage {
    const shown = { role: "assistant", content: item, metadata: null, options: null };
    if (typeof item !== "object" || item === null) return shown;
    const message = this.read.get(item) ?? readValue(chatMessage, item) ?? shown;
    this.read.set(item, message);
    return message;
  }
}

/** A message and all that is in it. */
function withInside(inside: Talk["inside"], at: number): readonly number[] {
  return [at, ...(inside.get(at) ?? []).flatMap((each) => withInside(inside, each))];
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
