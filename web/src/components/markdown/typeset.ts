/**
 * Draws formulas. The home of KaTeX, which is loaded with its fonts when a text first has a formula.
 *
 * A formula is made of elements whose styles are set one by one, which the page's policy allows, and never of a string
 * of HTML. What it may do is bounded: its length, what its macros expand to, its sizes, its depth and its nodes. It
 * cannot link, load or restyle anything.
 */
import katex from "katex";
import "katex/dist/katex.min.css";
import "../../style/formula.css";
import { words } from "../../words.ts";
import type { Formula } from "./formulas.ts";

export type Typeset = { readonly node: Node } | { readonly reason: string };

const LONGEST = 5_000;
const MOST_EXPANSIONS = 1_000;
/** A macro of the formula's own can have all of the formula's letters each time that it is used. */
const DEFINITIONS = /\\(?:[gex]?def|(?:new|renew|provide)command|let|futurelet)(?![a-zA-Z])/;
const MOST_DEFINED_LETTERS = 10_000;
const LARGEST_EM = 20;
/** Browsers lay out nested elements by recursion. */
const DEEPEST = 250;
const MOST_NODES = 20_000;

/** Marks an element that has a style. */
const STYLED = "data-styled";

const MOST_KEPT = 300;
const LONGEST_KEPT = 500;

/** What KaTeX makes of a formula before it is made of elements. */
interface Branch {
  readonly children?: readonly Branch[];
  readonly attributes?: Record<string, string>;
}

interface Tree extends Branch {
  toNode(): Node;
}

interface Typesetter {
  __renderToDomTree(tex: string, options: katex.KatexOptions): Tree;
}

/** Formulas that are drawn again and again while the text around them grows; the oldest is dropped. */
const kept = new Map<string, Node>();

export function drawnBefore(source: string): Node | null {
  return kept.get(source)?.cloneNode(true) ?? null;
}

export function typeset(source: string, formula: Formula): Typeset {
  if (formula.tex.length > LONGEST) return { reason: words.outputs.formulaTooLarge };
  try {
    const tree = read(formula);
    if (!isBounded(tree)) return { reason: words.outputs.formulaTooLarge };
    const node = makeElements(tree);
    keep(source, node);
    return { node };
  } catch (error) {
    return {
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

function read({ tex, isDisplayed }: Formula): Tree {
  return (katex as unknown as Typesetter).__renderToDomTree(tex, {
    displayMode: isDisplayed,
    maxExpand: DEFINITIONS.test(tex) ? Math.ceil(MOST_DEFINED_LETTERS / tex.length) : MOST_EXPANSIONS,
    maxSize: LARGEST_EM,
    strict: "ignore",
    trust: ({ command }) => {
      throw new RangeError(words.outputs.formulaNotAllowed(command));
    },
  });
}

function isBounded(tree: Tree): boolean {
  let level: readonly Branch[] = [tree];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    nodes += level.length;
    if (depth > DEEPEST || nodes > MOST_NODES) return false;
    level = level.flatMap(({ children }) => children ?? []);
  }
  return true;
}

/**
 * Attributes named `style` are refused by the page's policy, which a browser complains of; styles set here are not. Those
 * of MathML are left out: nobody sees it.
 */
function makeElements(tree: Tree): Node {
  const styled = takeStyles(tree);
  const node = tree.toNode();
  const place = document.createElement("span");
  place.append(node);
  for (const element of place.querySelectorAll(`[${STYLED}]`)) {
    const style = styled[Number(element.getAttribute(STYLED))] ?? "";
    if (element instanceof HTMLElement || element instanceof SVGElement) element.style.cssText = style;
    element.removeAttribute(STYLED);
  }
  return node;
}

function takeStyles(branch: Branch, styles: string[] = []): readonly string[] {
  const { attributes, children } = branch;
  if (attributes?.style !== undefined) {
    attributes[STYLED] = String(styles.push(attributes.style) - 1);
    delete attributes.style;
  }
  for (const child of children ?? []) takeStyles(child, styles);
  return styles;
}

function keep(source: string, node: Node): void {
  if (source.length > LONGEST_KEPT) return;
  kept.set(source, node.cloneNode(true));
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
