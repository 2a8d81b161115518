/** The list of the page's keys, opened by `?`. */
import { html, render, type TemplateResult } from "lit";
import { words } from "../words.ts";
import { shortcutWords } from "./shortcut-words.ts";
import "../style/shortcuts.css";

/** Show the list until Escape, a press beside it or its button closes it; a second one is never opened. */
export function showShortcuts(): void {
  if (document.querySelector("dialog[open]") !== null) return;
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.ariaLabel = shortcutWords().title;
  dialog.addEventListener("close", () => {
    dialog.remove();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  render(drawList(navigator.platform.startsWith("Mac")), dialog);
  document.body.append(dialog);
  dialog.showModal();
}

function drawList(isMac: boolean): TemplateResult {
  const { actions, outputs } = words;
  const shortcuts = shortcutWords();
  const all = [
    [actions.keys(isMac), shortcuts.run],
    ["/", shortcuts.find],
    ["↵", actions.send],
    ["⇧ ↵", shortcuts.newLine],
    ["Esc", shortcuts.stop],
    ["PgUp PgDn", shortcuts.turn],
    ["?", shortcuts.list],
  ] as const;
  return html`<h2>${shortcuts.title}</h2>
    <dl class="shortcuts">
      ${all.map(
        ([keys, what]) =>
          html`<dt><kbd dir="ltr">${keys}</kbd></dt>
            <dd>${what}</dd>`,
      )}
    </dl>
    <form method="dialog"><button type="submit">${outputs.close}</button></form>`;
}
