/**
 * A formula in a text: its source, until `typeset.ts` is there and there is time to draw it.
 *
 * What was drawn once is drawn at once when the text around it is drawn again, so that a text that grows never shows
 * the source of a formula that was to be seen before.
 */
import { frameWork, type Work } from "../frame-work.ts";
import { copySource } from "./formula-copy.ts";
import { readFormula } from "./formulas.ts";
import type * as Engine from "./typeset.ts";

const NAME = "gs-formula";

/** A formula takes about so many letters' time for each letter of its source. */
const LETTERS_EACH = 10;

/** Loads what draws formulas, once, when the first one is in the page. */
class Typesetting {
  engine: typeof Engine | null = null;
  private loading: Promise<void> | null = null;

  load(): Promise<void> {
    this.loading ??= import("./typeset.ts").then((engine) => {
      this.engine = engine;
    });
    return this.loading;
  }
}

const typesetting = new Typesetting();

class FormulaElement extends HTMLElement implements Work {
  private isDrawn = false;

  connectedCallback(): void {
    document.addEventListener("copy", copySource);
    if (this.isDrawn) return;
    const drawn = typesetting.engine?.drawnBefore(this.source) ?? null;
    if (drawn === null) void this.load();
    else this.fill(drawn);
  }

  disconnectedCallback(): void {
    frameWork.remove(this);
  }

  step(): number {
    const formula = this.isDrawn ? null : readFormula(this.source);
    const { engine } = typesetting;
    if (formula === null || engine === null) return 0;
    const drawn = engine.typeset(this.source, formula);
    if ("node" in drawn) this.fill(drawn.node);
    else this.refuse(drawn.reason);
    return LETTERS_EACH * this.source.length;
  }

  private get source(): string {
    return this.getAttribute("source") ?? "";
  }

  /** Not within the step that put this element into the page: the budget of a frame is no place for another. */
  private async load(): Promise<void> {
    try {
      await typesetting.load();
    } catch {
      // Formulas stay as they are written.
      return;
    }
    if (this.isConnected) frameWork.add(this);
  }

  private fill(node: Node): void {
    this.isDrawn = true;
    this.replaceChildren(node);
  }

  private refuse(reason: string): void {
    this.isDrawn = true;
    this.title = reason;
  }
}

customElements.define(NAME, FormulaElement);

export function formulaElement(source: string): HTMLElement {
  const element = document.createElement(NAME);
  element.setAttribute("source", source);
  element.dir = "ltr";
  element.textContent = source;
  return element;
}

/** Draw a block that is complete; what is behind the formula's end stays text. */
export function drawFormula(block: HTMLElement): void {
  const text = block.textContent;
  if (readFormula(text) !== null) block.replaceChildren(formulaElement(text));
}

/** Whether a node in the page shows what a new one would show, drawn or not. */
export function isShownBy(shown: Node, fresh: Node): boolean {
  if (fresh.isEqualNode(shown)) return true;
  if (!(fresh instanceof Element && shown instanceof Element)) return false;
  if (fresh.localName === NAME)
    return shown.localName === NAME && fresh.getAttribute("source") === shown.getAttribute("source");
  const isLike = fresh.cloneNode(false).isEqualNode(shown.cloneNode(false));
  if (!isLike || fresh.querySelector(NAME) === null) return false;
  const nodes = [...shown.childNodes];
  return (
    nodes.length === fresh.childNodes.length &&
    [...fresh.childNodes].every((node, at) => {
      const other = nodes[at];
      return other !== undefined && isShownBy(other, node);
    })
  );
}
