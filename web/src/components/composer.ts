/** The field for messages: Enter sends, Shift+Enter starts a new line, Send turns into Stop. */
import { html, nothing, type TemplateResult } from "lit";
import { member, type Json } from "../contract/json.ts";
import type { InputMistake } from "../contract/problem.ts";
import type { Input } from "../contract/input.ts";
import type { Conversation } from "../state/conversation.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import { chatWords } from "./chat-words.ts";
import { icon, type IconName } from "./icon.ts";
import { idOf } from "./inputs/field.ts";
import { kindOfInput } from "./inputs/kinds.ts";
import type { ChatKeys } from "./outputs/chat-keys.ts";
import { LightElement } from "./light-element.ts";
import { drawTicked } from "./ticked.ts";

/** Safari reports the Enter that ends a composition after its end, and not as a part of it. */
const COMPOSED_MS = 30;

class Composer extends LightElement {
  static override properties = {
    model: { attribute: false },
    conversation: { attribute: false },
    input: { attribute: false },
    keys: { attribute: false },
  };
  declare model: DemoModel;
  declare conversation: Conversation;
  declare input: Input;
  declare keys: Pick<ChatKeys, "retry" | "undo">;

  /** When the last composition ended, in the time of events. */
  private composedAt = -COMPOSED_MS;

  protected override watched(): readonly Readable<unknown>[] {
    const { values, mistakes, runner } = this.model;
    return [values, mistakes, runner.tracked, runner.shown];
  }

  /** A visitor writes at once; not where the field would open a phone's keyboard, nor in another site's frame. */
  protected override firstUpdated(): void {
    const isFree = document.activeElement === document.body && window.parent === window;
    if (isFree && matchMedia("(pointer: fine)").matches) void this.enter();
  }

  private async enter(): Promise<void> {
    await this.querySelector<LightElement>(".composer-field > *")?.updateComplete;
    this.querySelector("textarea")?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const mistake = member(this.model.mistakes.value.byInput, this.input.name);
    const { isActive, button } = this.conversation;
    return html`<div class="composer">
      ${mistake === undefined ? nothing : html`<p class="mistake" id=${`${idOf(this.input)}-mistake`}>${drawTicked(mistake.message)}</p>`}
      <div class="composer-row" @keydown=${this.keyed} @compositionend=${this.composed}>
        <div class="composer-field">${this.field(mistake)}</div>
        <button
          class="${isActive ? "stop" : "main"} ${button === null || isActive ? "" : "worded"}"
          type="button"
          ?disabled=${isActive ? this.conversation.isStopping : this.conversation.isBlank}
          aria-label=${isActive ? chatWords().stop : (button ?? words.actions.send)}
          title=${isActive ? chatWords().stop : chatWords().sendByKey}
          @click=${this.press}
        >
          ${!isActive && button !== null ? button : icon(isActive ? "stop" : "up")}
        </button>
      </div>
      ${this.tools(isActive)}
    </div>`;
  }

  private field(mistake: InputMistake | undefined): TemplateResult | typeof nothing {
    const { input, model } = this;
    const value = member(model.values.value, input.name) ?? input.default;
    const change = (next: Json): void => {
      model.change(input.name, next);
    };
    return (
      kindOfInput(input).compose?.({ input, value, mistake, change }, model, chatWords().write) ?? nothing
    );
  }

  private tools(isActive: boolean): TemplateResult {
    const isEmpty = this.conversation.messages.length === 0;
    const again = (): void => void this.conversation.askAgain();
    const clear = (): void => {
      this.conversation.clear();
    };
    const takeBack = (): void => {
      this.conversation.takeBack();
      this.querySelector("textarea")?.focus();
    };
    const { retry, undo } = this.keys;
    return html`<div class="composer-tools">
      ${retry ? tool("again", chatWords().askAgain, isEmpty || isActive, again) : nothing}
      ${undo ? tool("back", chatWords().takeBack, isEmpty || isActive, takeBack) : nothing}
      ${tool("bin", chatWords().clear, isEmpty, clear)}
    </div>`;
  }

  private readonly composed = ({ timeStamp }: Event): void => {
    this.composedAt = timeStamp;
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    // During composition, Enter and Escape belong to the input method.
    if (event.isComposing || event.timeStamp < this.composedAt + COMPOSED_MS) return;
    if (event.key === "Escape" && this.conversation.isActive) this.conversation.stop();
    if (event.key !== "Enter" || event.shiftKey) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
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

function tool(sign: IconName, label: string, isOff: boolean, press: () => void): TemplateResult {
  return html`<button class="small" type="button" ?disabled=${isOff} @click=${press}>
    ${icon(sign)} ${label}
  </button>`;
}

customElements.define("gs-composer", Composer);
