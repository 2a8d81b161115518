/** A demo's inputs in order; those of one section are collapsible together. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { member, sameJson } from "../contract/json.ts";
import type { Input } from "../contract/input.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { idOf, labelOf } from "./inputs/field.ts";
import { kindOfInput } from "./inputs/kinds.ts";
import { LightElement } from "./light-element.ts";

interface Part {
  readonly section: string | null;
  readonly inputs: readonly Input[];
}

class InputList extends LightElement {
  static override properties = { model: { attribute: false }, inputs: { attribute: false } };
  declare model: DemoModel;
  declare inputs: readonly Input[];
  private shownMistakes: unknown;

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.values, this.model.mistakes, this.model.hidden];
  }

  override render(): TemplateResult {
    return html`${repeat(
      partsOf(this.inputs),
      ({ section, inputs }) => section ?? inputs[0]?.name,
      (part) => (part.section === null ? this.fields(part.inputs) : this.folded(part.section, part.inputs)),
    )}`;
  }

  protected override updated(): void {
    const mistakes = this.model.mistakes.value;
    if (mistakes === this.shownMistakes) return;
    this.shownMistakes = mistakes;
    if (!mistakes.isQuiet) this.focusFirstMistake();
  }

  /** Keyed by name and type, so that a field keeps its element, focus and caret when the demo's file changes. */
  private fields(inputs: readonly Input[]): TemplateResult {
    return html`${repeat(
      inputs,
      ({ name, type }) => `${name}:${type}`,
      (input) =>
        html`<fieldset
          class="unseen"
          role="presentation"
          ?hidden=${!this.isShown(input)}
          ?disabled=${!input.interactive}
          @keydown=${(event: KeyboardEvent) => {
            this.submit(event, input);
          }}
          @gs-played=${() => {
            this.model.happened(input.name, "play");
          }}
        >
          ${this.field(input)} ${this.resetButton(input)}
        </fieldset>`,
    )}`;
  }

  private folded(section: string, inputs: readonly Input[]): TemplateResult {
    const hasMistake = inputs.some(({ name }) => name in this.model.mistakes.value.byInput);
    return html`<details class="fold" ?open=${hasMistake} ?hidden=${!inputs.some(this.isShown)}>
      <summary>${section}</summary>
      <div class="stack">${this.fields(inputs)}</div>
    </details>`;
  }

  /** What was found wrong must be seen to be corrected. */
  private readonly isShown = ({ name }: Input): boolean =>
    !this.model.hidden.value.inputs.has(name) || name in this.model.mistakes.value.byInput;

  private field(input: Input): TemplateResult {
    const { model } = this;
    const drawing = {
      input,
      value: member(model.values.value, input.name) ?? null,
      mistake: member(model.mistakes.value.byInput, input.name),
      change: (value: Parameters<DemoModel["change"]>[1]) => {
        model.change(input.name, value);
      },
    };
    return kindOfInput(input).draw(drawing, model);
  }

  /** Enter in a field of one line, or with Ctrl in any: an action may run on it. */
  private submit(event: KeyboardEvent, { name }: Input): void {
    const isKey = event.key === "Enter" && !event.isComposing && !event.shiftKey;
    const isSent = event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey;
    if (!isKey || !isSent || !this.model.runsOn(name, "submit")) return;
    event.preventDefault();
    this.model.happened(name, "submit", { value: member(this.model.values.value, name) ?? null });
  }

  private resetButton(input: Input): unknown {
    const value = member(this.model.values.value, input.name) ?? null;
    if (!input.interactive || sameJson(input.default, value)) return nothing;
    const label = words.inputs.resetOf(labelOf(input));
    return html`<button
      class="tool reset-one"
      type="button"
      title=${label}
      @click=${(event: Event) => {
        void this.reset(input, (event.currentTarget as HTMLElement).closest("fieldset"));
      }}
    >
      ${icon("again")}
    </button>`;
  }

  /** The button is gone afterwards: the focus stays at the field. */
  private async reset(input: Input, box: HTMLFieldSetElement | null): Promise<void> {
    this.model.reset([input]);
    // Changes are drawn with the next frame.
    await new Promise(requestAnimationFrame);
    await this.updateComplete;
    box?.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]")?.focus();
  }

  private focusFirstMistake(): void {
    const first = this.inputs.find(({ name }) => name === this.model.firstMistake);
    if (first === undefined) return;
    const target = document.getElementById(idOf(first));
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  }
}

/** Group inputs by section, each section at the place of its first input. */
export function partsOf(inputs: readonly Input[]): readonly Part[] {
  const parts = new Map<string, Input[]>();
  for (const input of inputs) {
    const key = input.section === null ? `input ${input.name}` : `section ${input.section}`;
    parts.set(key, [...(parts.get(key) ?? []), input]);
  }
  return [...parts.values()].map((found) => ({ section: found[0]?.section ?? null, inputs: found }));
}

customElements.define("gs-input-list", InputList);
