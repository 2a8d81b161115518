/** A scrolling box that stays at its end while its content grows. */
import { html, nothing, type TemplateResult } from "lit";
import type { Output } from "../../contract/output.ts";
import type { Undo } from "../../transport/types.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import { LightElement } from "../light-element.ts";
import { ScrollEnd } from "./scroll-end.ts";

class ScrollBox extends LightElement {
  static override properties = { content: { attribute: false }, name: {}, isAtEnd: { state: true } };
  declare content: TemplateResult;
  declare name: string;
  declare isAtEnd: boolean;
  private end: ScrollEnd | null = null;
  private undo: Undo | null = null;

  constructor() {
    super();
    this.isAtEnd = true;
    this.name = "";
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
      ${this.isAtEnd ? nothing : this.jumpButton()}`;
  }

  /** Scroll to the end and stay there, for instance after the visitor has sent a message. */
  toEnd(): void {
    this.end?.toEnd();
  }

  protected override updated(): void {
    if (this.end !== null) return;
    const box = this.querySelector<HTMLElement>(".scroll");
    const content = this.querySelector<HTMLElement>(".scroll-content");
    if (box === null || content === null) return;
    this.end = new ScrollEnd(box, (isAtEnd) => (this.isAtEnd = isAtEnd));
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

/** Draw an output's value so that its end stays in view. */
export function inScrollBox({ label }: Output, content: TemplateResult): TemplateResult {
  return html`<gs-scroll-box .name=${label} .content=${content}></gs-scroll-box>`;
}

customElements.define("gs-scroll-box", ScrollBox);
