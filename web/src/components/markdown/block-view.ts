/** Draws the blocks that a parser reads, each into an element of its own. */
import type { Block, Opening } from "./block.ts";
import type { BlockDrawing, BlockParser } from "./block-parser.ts";
import { CodeView } from "./code-view.ts";
import { afterDefinitions, definitionsIn, type Definitions } from "./definitions.ts";
import { drawFormula } from "./formula-element.ts";
import { HtmlView, innermost, type Place } from "./html-view.ts";
import { TableView } from "./table-view.ts";
import { TextView, type Drawn, type Ending } from "./text-view.ts";
import { withoutTableHeader } from "./unfinished.ts";

type View =
  | { readonly type: "container"; readonly place: Place }
  | { readonly type: "text"; readonly element: HTMLElement; readonly text: TextView }
  | { readonly type: "code"; readonly code: CodeView }
  | { readonly type: "table"; readonly table: TableView }
  | { readonly type: "html"; readonly html: HtmlView }
  | { readonly type: "rule" };

export interface ViewOptions {
  readonly definitions: Definitions<TextView>;
  /** A part has something to draw. */
  readonly changed: (part: { step(): Drawn }) => void;
  /** A text is to be drawn again, because a definition was read that it uses. */
  readonly defined: (text: TextView) => void;
  /** A block of code is drawn and complete. */
  readonly finished: (code: HTMLElement) => void;
}

export class BlockView implements BlockDrawing {
  private readonly views = new WeakMap<Block, View>();
  /** What the preview of a line has drawn. */
  private readonly added: Node[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly options: ViewOptions,
    private readonly isPreview = false,
  ) {}

  /**
   * Draw what is open at the end of a text that goes on, with its last line, which is not whole yet, as what it would
   * be; null for no such line. Returns how to take it away again.
   */
  preview(parser: BlockParser, line: string | null): () => void {
    const preview = new BlockView(this.host, this.options, true);
    const fork = parser.fork(preview, (copy, original) => {
      preview.views.set(copy, preview.copiedView(copy, this.viewOf(original)));
    });
    if (line !== null) fork.read(line);
    const { leaf } = fork;
    if (leaf !== null && (line !== null || leaf === fork.tip))
      preview.draw(leaf, line === null ? "open" : "unfinished");
    return () => {
      for (const node of preview.added) node.parentNode?.removeChild(node);
    };
  }

  opened(block: Block): void {
    const parent = block.parent === null ? null : this.viewOf(block.parent);
    if (parent?.type !== "container") return;
    const { opening } = block;
    if (opening.type === "html") {
      const html = new HtmlView(parent.place, this.remember);
      this.views.set(block, { type: "html", html });
      return;
    }
    const [element, view] = this.create(block, opening);
    this.views.set(block, view);
    innermost(parent.place).append(element);
    this.remember(element);
  }

  grown(block: Block, line: string): void {
    const view = this.viewOf(block);
    if (view.type === "html") view.html.read(`${line}\n`);
    else if (view.type === "table")
      this.remember(view.table.addRow(line, this.isPreview ? "unfinished" : "complete"));
  }

  extended(block: Block, more: string): void {
    const view = this.viewOf(block);
    if (view.type === "html") view.html.read(more);
    else if (view.type === "table") view.table.replaceRow(lastLine(block.text), "complete");
    else if (block.opening.type === "heading") this.draw(block, "complete");
  }

  closed(block: Block): void {
    this.draw(block, "complete");
    const view = this.viewOf(block);
    if (view.type === "html") view.html.end();
    if (block.opening.type === "paragraph" && !this.isPreview) this.define(block, view);
  }

  loosened(list: Block): void {
    const view = this.viewOf(list);
    if (view.type === "container" && !this.isPreview) view.place.element.className = "loose";
  }

  /** Give a block's text to its view. */
  private draw(block: Block, ending: Ending): void {
    const view = this.viewOf(block);
    if (view.type === "code") {
      view.code.show(
        block.opening.type === "indented" ? withoutBlankEnd(block.text) : block.text,
        this.isDone(ending),
      );
      this.options.changed(view.code);
    } else if (view.type === "text") {
      const text = block.opening.type === "paragraph" ? afterDefinitions(block.text) : block.text;
      view.text.show(ending === "complete" ? text : withoutTableHeader(text), ending);
      view.element.hidden = text === "" && block.opening.type === "paragraph";
      this.options.changed(view.text);
    }
  }

  private isDone(ending: Ending): boolean {
    return ending === "complete" && !this.isPreview;
  }

  private define(paragraph: Block, view: View): void {
    for (const { label, address, title } of definitionsIn(paragraph.text))
      for (const text of this.options.definitions.define(label, { address, title }))
        this.options.defined(text);
    if (view.type === "text" && view.element.hidden) view.element.remove();
  }

  private readonly remember = (node: Node): void => {
    if (this.isPreview) this.added.push(node);
  };

  private viewOf(block: Block): View {
    const view = this.views.get(block);
    if (view !== undefined) return view;
    const root: View = { type: "container", place: { element: this.host, open: [] } };
    this.views.set(block, root);
    return root;
  }

  /** What a preview draws into: elements that HTML opens in it are open there only. */
  private copiedView(copy: Block, view: View): View {
    if (view.type === "container") {
      const { element, open } = view.place;
      return { type: "container", place: { element, open: [...open] } };
    }
    const parent = copy.parent === null ? null : this.viewOf(copy.parent);
    if (view.type !== "html" || parent?.type !== "container") return view;
    return { type: "html", html: view.html.copiedInto(parent.place, this.remember) };
  }

  private create(block: Block, opening: Exclude<Opening, { type: "html" }>): readonly [HTMLElement, View] {
    switch (opening.type) {
      case "paragraph":
        return this.createText(block, "p");
      case "heading":
        return this.createText(block, `h${opening.level}`);
      case "fence":
        return this.createCode(opening.language);
      case "indented":
        return this.createCode("");
      case "formula": {
        const element = makeElement("div", "ltr", "formula");
        return [element, { type: "code", code: new CodeView(element, drawFormula) }];
      }
      case "table": {
        const table = new TableView(opening, this.options.definitions, this.options.changed);
        return [table.element, { type: "table", table }];
      }
      case "rule":
        return [document.createElement("hr"), { type: "rule" }];
      default:
        return containerView(opening);
    }
  }

  private createText(block: Block, name: string): readonly [HTMLElement, View] {
    const isWithin = block.parent?.opening.type !== "document";
    const element = makeElement(name, isWithin ? null : "auto");
    const item = block.parent?.opening;
    const isTask = item?.type === "item" && item.isTask && block.parent?.last === block;
    const host = isTask ? document.createElement("span") : element;
    if (isTask) element.append(item.isDone ? "☑ " : "☐ ", host);
    const text = new TextView(host, this.options.definitions);
    return [element, { type: "text", element, text }];
  }

  private createCode(language: string): readonly [HTMLElement, View] {
    const element = makeElement("pre", "ltr");
    element.tabIndex = 0;
    const code = document.createElement("code");
    if (language !== "") code.dataset.language = language;
    element.append(code);
    return [element, { type: "code", code: new CodeView(code, this.options.finished) }];
  }
}

function containerView(opening: Exclude<Opening, { type: "html" }>): readonly [HTMLElement, View] {
  const element = containerElement(opening);
  return [element, { type: "container", place: { element, open: [] } }];
}

function containerElement(opening: Exclude<Opening, { type: "html" }>): HTMLElement {
  if (opening.type === "quote") return makeElement("blockquote", "auto");
  if (opening.type === "item") return document.createElement("li");
  const start = opening.type === "list" ? opening.start : null;
  const list = makeElement(start === null ? "ul" : "ol", "auto");
  if (start !== null && start !== 1) list.setAttribute("start", String(start));
  return list;
}

function makeElement(name: string, dir: "auto" | "ltr" | null, className = ""): HTMLElement {
  const element = document.createElement(name);
  if (dir !== null) element.dir = dir;
  if (className !== "") element.className = className;
  return element;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** Blank lines at the end are not a part of indented code. */
function withoutBlankEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.slice(text.lastIndexOf("\n", end - 1) + 1, end).trim() === "")
    end = Math.max(0, text.lastIndexOf("\n", end - 1));
  return text.slice(0, end);
}
