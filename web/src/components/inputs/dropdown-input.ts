import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { DropdownInput } from "../../contract/input.ts";
import { asText, isList, sameJson, type Json } from "../../contract/json.ts";
import { describedBy, field, fieldGroup, idOf, invalid, type Drawing } from "./field.ts";
import { drawOptions } from "./options.ts";

export function drawDropdown(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input } = drawing;
  if (input.multiple) return severalOf(drawing);
  return input.allow_custom ? oneOrOwn(drawing) : oneOf(drawing);
}

function oneOf(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const chosen = input.choices.findIndex((choice) => sameJson(choice.value, value));
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
    ${canBeEmpty ? html`<option value="-1">${input.placeholder ?? "Choose…"}</option>` : nothing}
    ${input.choices.map(
      ({ label }, index) => html`<option value=${index} ?selected=${index === chosen}>${label}</option>`,
    )}
  </select>`;
  return field(drawing, control);
}

/** A choice is shown by its label; any other text is the visitor's own value. */
function oneOrOwn(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const known = input.choices.find((choice) => sameJson(choice.value, value));
  const text = known?.label ?? (typeof value === "string" ? value : "");
  const control = html`<input
      class="field"
      id=${idOf(input)}
      list="${idOf(input)}-list"
      autocomplete="off"
      placeholder=${input.placeholder ?? "Choose or type…"}
      ?required=${input.required}
      aria-describedby=${describedBy(drawing)}
      aria-invalid=${invalid(drawing)}
      .value=${live(text)}
      @input=${(event: InputEvent) => {
        change(ownOrKnown(input, (event.target as HTMLInputElement).value));
      }}
    />
    <datalist id="${idOf(input)}-list">
      ${input.choices.map(({ label }) => html`<option value=${label}></option>`)}
    </datalist>`;
  return field(drawing, control);
}

function ownOrKnown(input: DropdownInput, text: string): Json {
  if (text === "") return null;
  return input.choices.find(({ label }) => label === text)?.value ?? text;
}

function severalOf(drawing: Drawing<DropdownInput>): TemplateResult {
  const { input, value, change } = drawing;
  const chosen = isList(value) ? value : [];
  const isKnown = (one: Json): boolean => input.choices.some((choice) => sameJson(choice.value, one));
  const own = chosen.filter((one) => !isKnown(one));
  const control = html`${drawOptions({
    input,
    choices: input.choices,
    type: "checkbox",
    isChosen: (choice) => chosen.some((one) => sameJson(one, choice.value)),
    choose: (choice, isOn) => {
      const others = chosen.filter((one) => !sameJson(one, choice.value));
      change(isOn ? inOrder(input, [...others, choice.value]) : others);
    },
  })}${input.allow_custom ? ownValues(input, own, chosen, change) : nothing}`;
  return fieldGroup(drawing, control);
}

/** In the order of the choices, whatever the order of the clicks; the visitor's own come last. */
function inOrder(input: DropdownInput, chosen: readonly Json[]): Json {
  const rank = (one: Json): number => {
    const index = input.choices.findIndex((choice) => sameJson(choice.value, one));
    return index < 0 ? input.choices.length : index;
  };
  return chosen.toSorted((one, other) => rank(one) - rank(other));
}

function ownValues(
  input: DropdownInput,
  own: readonly Json[],
  chosen: readonly Json[],
  change: (value: Json) => void,
): TemplateResult {
  const add = (event: Event): void => {
    const target = event.target as HTMLInputElement;
    const text = target.value.trim();
    target.value = "";
    if (text !== "" && !chosen.includes(text)) change([...chosen, text]);
  };
  return html`${own.map(
      (one) =>
        html`<button
          class="pill"
          type="button"
          aria-label="Remove ${asText(one)}"
          @click=${() => {
            change(chosen.filter((other) => other !== one));
          }}
        >
          ${asText(one)} <span aria-hidden="true">×</span>
        </button>`,
    )}<input
      class="field"
      placeholder=${input.placeholder ?? "Add your own…"}
      aria-label="Add a value"
      @change=${add}
    />`;
}
