/** A scrolling box that stays at its end while its content grows, and shows what comes whole from its beginning. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Json } from "../../contract/json.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { ScrollEnd } from "./scroll-end.ts";
import type { OutputDrawing } from "./types.ts";

class ScrollBox extends LightElement {
  static override properties = {
    content: { attribute: false },
    value: { attribute: false },
    run: { attribute: false },
    name: {},
    opensAtEnd: { type: Boolean },
    isFollowing: { state: true },
  };
  declare content: TemplateResult;
  /** What the content shows, to tell growth from another value. */
  declare value: Json;
  declare run: string | null;
  declare name: string;
  /** Set for what is read from its end, such as a conversation. */
  declare opensAtEnd: boolean;
  declare isFollowing: boolean;
  private end: ScrollEnd | null = null;
  private undo: Undo | null = null;

  constructor() {
    super();
    this.value = null;
    this.run = null;
    this.name = "";
    this.opensAtEnd = false;
    this.isFollowing = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.undo?.();
    this.undo = null;
    this.end = null;
  }

  override render(): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${this.name}>
        <div class="scroll-content">${this.content}</div>
      </div>
      ${this.isFollowing ? nothing : this.jumpButton()}`;
  }

  /** Scroll to the end and stay there, for instance after the visitor has sent a message. */
  toEnd(): void {
    this.end?.toEnd();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.follow();
    // What is read from its end stays there: its beginning may still be drawn above it.
    if (this.opensAtEnd) return;
    if (changed.has("run")) this.end?.restart();
    else if (changed.has("value") && isGrown(changed.get("value") ?? null, this.value)) this.end?.append();
    else if (changed.has("value")) this.end?.replace();
  }

  private follow(): void {
    if (this.end !== null) return;
    const box = this.querySelector<HTMLElement>(".scroll");
    const content = this.querySelector<HTMLElement>(".scroll-content");
    if (box === null || content === null) return;
    this.end = new ScrollEnd(box, this.opensAtEnd, (isFollowing) => (this.isFollowing = isFollowing));
    this.undo = this.end.follow(content);
  }

  private jumpButton(): TemplateResult {
    const jump = (): void => {
      this.toEnd();
    };
    return html`<button class="jump" type="button" @click=${jump}>
      ${icon("down")} ${words.outputs.newest}
    </button>`;
  }
}

/** Whether a text goes on: most of what was there is there still, for instance all but a cursor at its end. */
function isGrown(before: Json, now: Json): boolean {
  if (typeof before !== "string" || typeof now !== "string") return false;
  return before !== "" && now.length >= before.length && now.startsWith(before.slice(0, before.length / 2));
}

/** Draw an output's value so that its end stays in view while it grows. */
export function inScrollBox({ output, value, run }: OutputDrawing, content: TemplateResult): TemplateResult {
  return html`<gs-scroll-box
    .name=${output.label}
    .value=${value}
    .run=${run}
    .content=${content}
  ></gs-scroll-box>`;
}

/** Draw a conversation, which is opened at its end. */
export function inScrollBoxAtEnd(name: string, content: TemplateResult): TemplateResult {
  return html`<gs-scroll-box .name=${name} .opensAtEnd=${true} .content=${content}></gs-scroll-box>`;
}

customElements.define("gs-scroll-box", ScrollBox);
