/** Draws a table row by row; rows that are drawn stay. */
import type { OpeningOf } from "./block.ts";
import type { Definitions } from "./definitions.ts";
import { splitRow } from "./tables.ts";
import { TextView, type Ending } from "./text-view.ts";

export class TableView {
  readonly element = document.createElement("table");
  private readonly body = document.createElement("tbody");

  constructor(
    private readonly opening: OpeningOf<"table">,
    private readonly definitions: Definitions<TextView>,
    private readonly changed: (view: TextView) => void,
  ) {
    const head = document.createElement("thead");
    head.append(this.drawRow("th", opening.header, "complete"));
    this.element.append(head, this.body);
  }

  /** Draw one more row; returns its element. */
  addRow(row: string, ending: Ending): HTMLElement {
    const drawn = this.drawRow("td", row, ending);
    this.body.append(drawn);
    return drawn;
  }

  /** Draw the last row again, because its line went on. */
  replaceRow(row: string, ending: Ending): void {
    this.body.lastElementChild?.replaceWith(this.drawRow("td", row, ending));
  }

  private drawRow(name: "td" | "th", row: string, ending: Ending): HTMLElement {
    const { aligns } = this.opening;
    const element = document.createElement("tr");
    const texts = splitRow(row);
    const cells = texts.map((text, at) => {
      const isLast = at === texts.length - 1;
      return this.drawCell(name, text, aligns[at] ?? "", isLast ? ending : "complete");
    });
    const missing = aligns.slice(texts.length).map((align) => this.drawCell(name, "", align, "complete"));
    element.append(...cells, ...missing);
    return element;
  }

  private drawCell(name: "td" | "th", text: string, align: string, ending: Ending): HTMLElement {
    const cell = document.createElement(name);
    if (align !== "") cell.setAttribute("align", align);
    if (text === "") return cell;
    const view = new TextView(cell, this.definitions);
    view.show(text, ending);
    this.changed(view);
    return cell;
  }
}
