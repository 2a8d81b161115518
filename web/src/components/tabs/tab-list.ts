/**
 * The buttons that choose one of several panels: a tab stop for all, arrow keys between them.
 */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

export interface TabList<T> {
  /** What the tabs are about, for those who do not see them. */
  readonly label: string;
  readonly tabs: readonly { readonly key: T; readonly id: string; readonly label: string }[];
  readonly chosen: T;
  readonly choose: (key: T) => void;
  /** The id of the panel of a tab, given by its id. */
  readonly panelOf: (id: string) => string;
}

export function drawTabList<T>(list: TabList<T>): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${list.label}
    @keydown=${(event: KeyboardEvent) => {
      moveByKey(event, list);
    }}
  >
    ${repeat(
      list.tabs,
      ({ id }) => id,
      ({ key, id, label }) => {
        const isChosen = key === list.chosen;
        return html`<button
          class="tab"
          type="button"
          role="tab"
          id=${id}
          dir="auto"
          aria-controls=${list.panelOf(id)}
          aria-selected=${isChosen ? "true" : "false"}
          tabindex=${isChosen ? 0 : -1}
          @click=${() => {
            list.choose(key);
          }}
        >
          ${label}
        </button>`;
      },
    )}
  </div>`;
}

function moveByKey<T>(event: KeyboardEvent, { tabs, chosen, choose }: TabList<T>): void {
  const at = tabs.findIndex(({ key }) => key === chosen);
  const places: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % tabs.length,
    ArrowLeft: (at - 1 + tabs.length) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  };
  const next = tabs[places[event.key] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  choose(next.key);
  document.getElementById(next.id)?.focus();
}
