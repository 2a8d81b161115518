/** The field for messages: Enter sends, Shift+Enter starts a new line, Send turns into Stop. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { member } from "../contract/json.ts";
import type { Input } from "../contract/input.ts";
import type { Conversation } from "../state/conversation.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { idOf, labelOf } from "./inputs/field.ts";
import { isTextInput } from "./inputs/text-input.ts";
import { LightElement } from "./light-element.ts";
import { drawTicked } from "./ticked.ts";

class Composer extends LightElement {
  static override properties = {
    model: { attribute: false },
    conversation: { attribute: false },
    input: { attribute: false },
  };
  declare model: DemoModel;
  declare conversation: Conversation;
  declare input: Input;

  protected override watched(): readonly Readable<unknown>[] {
    const { values, mistakes, runner } = this.model;
    return [values, mistakes, runner.tracked, runner.shown];
  }

  /** A visitor writes at once; not where the field would open a phone's keyboard, nor in another site's frame. */
  protected override firstUpdated(): void {
    const isFree = document.activeElement === document.body && window.parent === window;
    if (isFree && matchMedia("(pointer: fine)").matches)
      this.querySelector("textarea")?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const mistake = member(this.model.mistakes.value.byInput, this.input.name);
    const { isActive, button } = this.conversation;
    return html`<div class="composer">
      ${mistake === undefined ? nothing : html`<p class="mistake" id="composer-mistake">${drawTicked(mistake.message)}</p>`}
      <div class="composer-row">
        ${this.textArea(mistake !== undefined)}
        <button
          class="${isActive ? "stop" : "main"} ${button === null || isActive ? "" : "worded"}"
          type="button"
          ?disabled=${isActive ? this.conversation.isStopping : this.text.trim() === ""}
          aria-label=${isActive ? words.chat.stop : (button ?? words.chat.send)}
          title=${isActive ? words.chat.stop : words.chat.sendByKey}
          @click=${this.press}
        >
          ${!isActive && button !== null ? button : icon(isActive ? "stop" : "up")}
        </button>
      </div>
      ${this.tools(isActive)}
    </div>`;
  }

  private get text(): string {
    const value = member(this.model.values.value, this.input.name);
    return typeof value === "string" ? value : "";
  }

  private textArea(isWrong: boolean): TemplateResult {
    const { input } = this;
    const { placeholder, max_length } = isTextInput(input) ? input : { placeholder: null, max_length: null };
    return html`<textarea
      class="field"
      id=${idOf(input)}
      rows="1"
      maxlength=${max_length ?? nothing}
      placeholder=${placeholder ?? words.chat.write}
      aria-label=${labelOf(input)}
      aria-invalid=${isWrong ? "true" : nothing}
      aria-describedby=${isWrong ? "composer-mistake" : nothing}
      .value=${live(this.text)}
      @input=${this.typed}
      @keydown=${this.keyed}
    ></textarea>`;
  }

  private tools(isActive: boolean): TemplateResult {
    const isEmpty = this.conversation.messages.length === 0;
    const again = (): void => void this.conversation.askAgain();
    const clear = (): void => {
      this.conversation.clear();
    };
    return html`<div class="composer-tools">
      <button class="small" type="button" ?disabled=${isEmpty || isActive} @click=${again}>
        ${icon("again")} ${words.chat.askAgain}
      </button>
      <button class="small" type="button" ?disabled=${isEmpty} @click=${clear}>
        ${icon("bin")} ${words.chat.clear}
      </button>
    </div>`;
  }

  private readonly typed = (event: Event): void => {
    this.model.change(this.input.name, (event.target as HTMLTextAreaElement).value);
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    // During composition, Enter and Escape belong to the input method.
    if (event.isComposing) return;
    if (event.key === "Escape" && this.conversation.isActive) this.conversation.stop();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.send();
  };

  private readonly press = (): void => {
    if (this.conversation.isActive) this.conversation.stop();
    else this.send();
  };

  private send(): void {
    void this.conversation.say();
    const box = this.closest(".out")?.querySelector<HTMLElement & { toEnd: () => void }>("gs-scroll-box");
    box?.toEnd();
  }
}

customElements.define("gs-composer", Composer);
