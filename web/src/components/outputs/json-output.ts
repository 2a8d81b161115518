/** JSON as a tree; branches are drawn when they are expanded, so that a large value costs little. */
import { html, nothing, type TemplateResult } from "lit";
import {
  asText,
  isList,
  isMapping,
  isNumber,
  keyOf,
  writeJson,
  type Json,
  type JsonMapping,
} from "../../contract/json.ts";
import { words } from "../../words.ts";
import { LightElement } from "../light-element.ts";
import { copyTool } from "./output-tools.ts";
import type { OutputKind } from "./types.ts";

export const KIND: OutputKind = {
  type: "json",
  fields: {},
  draw: ({ value }) => html`<gs-json-output .value=${value}></gs-json-output>`,
  tools: ({ value }) => copyTool(words.copy.asJson, () => writeJson(value, 2)),
};

const OPEN_DEPTH = 2;
/** A longer branch shows this many entries, and a button for more. */
const FIRST_SHOWN = 100;

class JsonOutputElement extends LightElement {
  static override properties = { value: { attribute: false } };
  declare value: Json;
  /** Branches that the visitor expanded or collapsed, by route; for the others the depth decides. */
  private readonly turned = new Map<string, boolean>();
  private readonly limits = new Map<string, number>();

  override render(): TemplateResult {
    return html`<div class="json">${this.node("", this.value, "$", 0)}</div>`;
  }

  private node(key: string, value: Json, route: string, depth: number): TemplateResult {
    const name = key === "" ? nothing : html`<span class="json-key">${key}</span>: `;
    if (isList(value))
      return this.branch(
        name,
        value.map((item, index) => [String(index), item]),
        "[]",
        route,
        depth,
      );
    if (isMapping(value)) return this.branch(name, entriesOf(value), "{}", route, depth);
    return html`<div class="json-leaf">
      ${name}<span class="json-${kind(value)}">${leafText(value)}</span>
    </div>`;
  }

  private branch(
    name: unknown,
    entries: readonly (readonly [string, Json])[],
    signs: string,
    route: string,
    depth: number,
  ): TemplateResult {
    const isOpen = this.turned.get(route) ?? depth < OPEN_DEPTH;
    const limit = this.limits.get(route) ?? FIRST_SHOWN;
    const toggled = (event: Event): void => {
      this.turned.set(route, (event.target as HTMLDetailsElement).open);
      this.requestUpdate();
    };
    return html`<details class="json-branch" ?open=${isOpen} @toggle=${toggled}>
      <summary>
        ${name}<span class="json-signs">${signs[0]}<small>${entries.length}</small>${signs[1]}</span>
      </summary>
      ${
        isOpen
          ? entries.slice(0, limit).map(([key, item]) => this.node(key, item, `${route}.${key}`, depth + 1))
          : nothing
      }
      ${isOpen && entries.length > limit ? this.moreButton(route, limit, entries.length) : nothing}
    </details>`;
  }

  private moreButton(route: string, limit: number, all: number): TemplateResult {
    const more = (): void => {
      this.limits.set(route, limit * 10);
      this.requestUpdate();
    };
    return html`<button class="small" type="button" @click=${more}>
      ${words.outputs.more(all - limit)}
    </button>`;
  }
}

function entriesOf(value: JsonMapping): readonly (readonly [string, Json])[] {
  return Object.entries(value).map(([key, item]) => [keyOf(key), item]);
}

function leafText(value: Json): string {
  return typeof value === "string" ? writeJson(value) : asText(value);
}

function kind(value: Json): string {
  if (value === null) return "null";
  return isNumber(value) ? "number" : typeof value;
}

customElements.define("gs-json-output", JsonOutputElement);
