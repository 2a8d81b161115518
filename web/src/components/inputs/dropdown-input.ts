import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { flag, list, nullable, text } from "../../contract/decode.ts";
import type { InputKeys } from "../../contract/input.ts";
import { asText, isList, sameJson, type Json } from "../../contract/json.ts";
import { words } from "../../words.ts";
import { describedBy, field, fieldGroup, idOf, invalid } from "./field.ts";
import { choice, drawSeveral, editing, isOffered, newlyChosen, type Choice, type Edit } from "./options.ts";
import type { Drawing, InputKind } from "./types.ts";

interface DropdownInput extends InputKeys {
  readonly choices: readonly Choice[];
  readonly multiple: boolean;
  readonly allow_custom: boolean;
  readonly placeholder: string | null;
}

export const KIND: InputKind<DropdownInput> = {
  type: "dropdown",
  fields: {
    choices: list(choice),
    multiple: flag,
    allow_custom: flag,
    placeholder: nullable(text),
  },
  fits: fitsDropdown,
  selected: ({ choices }, before, value) => newlyChosen(choices, before, value),
  draw: drawDropdown,
};

function fitsDropdown({ choices, multiple, allow_custom }: DropdownInput, value: Json): boolean {
  const fitsOne = (one: Json): boolean =>
    (allow_custom && typeof one === "string") || isOffered(choices, one);
  if (multiple) return isList(value) && value.every(fitsOne);
  return value === null || fitsOne(value);
}

function drawDropdown(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input } = drawing;
  if (input.multiple) return severalOf(drawing);
  return input.allow_custom ? oneOrOwn(drawing) : oneOf(drawing);
}

function oneOf(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const chosen = input.choices.findIndex((each) => sameJson(each.value, value));
  const canBeEmpty = chosen < 0 || (!input.required && input.default === null);
  const control = html`<select
    class="field"
    id=${idOf(input)}
    ?required=${input.required}
    aria-describedby=${describedBy(drawing)}
    aria-invalid=${invalid(drawing)}
    .value=${live(String(chosen))}
    @change=${(event: Event) => {
      const index = Number((event.target as HTMLSelectElement).value);
      change(input.choices[index]?.value ?? null);
    }}
  >
    ${canBeEmpty ? html`<option value="-1">${input.placeholder ?? words.inputs.choose}</option>` : nothing}
    ${input.choices.map(
      ({ label }, index) => html`<option value=${index} ?selected=${index === chosen}>${label}</option>`,
    )}
  </select>`;
  return field(drawing, control);
}

/** A choice is shown by its label; any other text is a custom value. */
function oneOrOwn(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const known = input.choices.find((each) => sameJson(each.value, value));
  const shown = known?.label ?? (typeof value === "string" ? value : "");
  const control = html`<input
      class="field"
      id=${idOf(input)}
      list="${idOf(input)}-list"
      autocomplete="off"
      placeholder=${input.placeholder ?? words.inputs.chooseOrType}
      ?required=${input.required}
      aria-describedby=${describedBy(drawing)}
      aria-invalid=${invalid(drawing)}
      .value=${live(shown)}
      @input=${(event: InputEvent) => {
        change(ownOrKnown(input, (event.target as HTMLInputElement).value));
      }}
    />
    <datalist id="${idOf(input)}-list">
      ${input.choices.map(({ label }) => html`<option value=${label}></option>`)}
    </datalist>`;
  return field(drawing, control);
}

function ownOrKnown(input: DropdownInput, typed: string): Json {
  if (typed === "") return null;
  return input.choices.find(({ label }) => label === typed)?.value ?? typed;
}

function severalOf(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const chosen = isList(value) ? value : [];
  const own = chosen.filter((one) => !isOffered(input.choices, one));
  const edit = editing(chosen, change);
  const control = html`${drawSeveral(input, input.choices, chosen, edit)}${
    input.allow_custom ? ownValues(input, own, edit) : nothing
  }`;
  return fieldGroup(drawing, control);
}

function ownValues(input: DropdownInput, own: readonly Json[], edit: Edit): TemplateResult {
  const add = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    const typed = target.value.trim();
    target.value = "";
    if (typed !== "") edit((now) => (now.includes(typed) ? now : [...now, typed]));
  };
  return html`${own.map(
      (one) =>
        html`<button
          class="pill"
          type="button"
          aria-label=${words.inputs.removeValue(asText(one))}
          @click=${() => {
            edit((now) => now.filter((other) => other !== one));
          }}
        >
          ${asText(one)} <span aria-hidden="true">×</span>
        </button>`,
    )}<input
      class="field"
      placeholder=${input.placeholder ?? words.inputs.addYourOwn}
      aria-label=${words.inputs.addValue}
      @change=${add}
    />`;
}
