/** Reads a piece of text: emphasis, code, links, pictures, tags and formulas, as in CommonMark 0.31, chapter 6. */
import { addressAt, addressStarts } from "./addresses.ts";
import type { Target } from "./definitions.ts";
import { normalLabel } from "./definitions.ts";
import {
  decodeEntity,
  isPunctuation,
  readDestination,
  readTitle,
  skipSpace,
  unescape,
  type Found,
} from "./destinations.ts";
import { closeUnfinished, pairDelimiters, readRun, type Delimiter } from "./emphasis.ts";
import { formulaEnd } from "./formulas.ts";
import { Inline } from "./inline.ts";
import { commentEnd, isElement, matchAt, readTag } from "./tags.ts";

export interface InlineOptions {
  /** The target of a defined label; null where it is not defined. */
  readonly find: (label: string) => Target | null;
  /** Set while the text may go on: what is open at its end is shown as if it was closed. */
  readonly isUnfinished: boolean;
}

interface Bracket {
  readonly node: Inline;
  readonly isImage: boolean;
  /** Where the text within it begins. */
  readonly start: number;
  /** How many runs of emphasis were before it. */
  readonly delimiters: number;
  /** A link has no link in it. */
  isActive: boolean;
}

const PLAIN = /[^\\`*_~[\]!<&$\n]+/y;
const TICKS = /`+/y;
const ENTITY = /&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/y;
const ANGLED =
  /<((?:https?|ftps?|mailto|tel|sms|xmpp|matrix):[^\s<>]*)>|<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255})>/iy;
const LABEL = /\[((?:[^[\]\\]|\\[^]){0,999})\]/y;

export function parseInlines(text: string, options: InlineOptions): Inline {
  return new InlineParser(text, options).parse();
}

class InlineParser {
  private at = 0;
  private readonly root = new Inline({ type: "emphasis" });
  private readonly delimiters: Delimiter[] = [];
  private readonly brackets: Bracket[] = [];
  private readonly addresses: readonly number[];
  private nextAddress = 0;
  /** Where each length of a run of backticks is for the last time. */
  private ticks: ReadonlyMap<number, number> | null = null;
  private readonly unclosed = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly options: InlineOptions,
  ) {
    this.addresses = addressStarts(text);
  }

  parse(): Inline {
    while (this.at < this.text.length) this.step();
    pairDelimiters(this.root, this.delimiters, 0);
    if (this.options.isUnfinished) closeUnfinished(this.root, this.delimiters, this.text.length);
    return this.root;
  }

  private step(): void {
    if (this.takeAddress()) return;
    switch (this.text[this.at]) {
      case "\n":
        this.takeLineEnd();
        break;
      case "\\":
        if (!this.takeFormula()) this.takeBackslash();
        break;
      case "$":
        if (!this.takeFormula()) this.takeSign();
        break;
      case "`":
        this.takeCode();
        break;
      case "*":
      case "_":
      case "~":
        this.takeRun();
        break;
      case "[":
        this.open(1);
        break;
      case "!":
        if (this.text[this.at + 1] === "[") this.open(2);
        else this.takeSign();
        break;
      case "]":
        this.close();
        break;
      case "<":
        this.takeAngled();
        break;
      case "&":
        this.takeEntity();
        break;
      default:
        this.takePlain();
    }
  }

  private add(text: string, end: number): Inline {
    this.at = end;
    return this.root.append(new Inline({ type: "text", text }));
  }

  private takeSign(): void {
    this.add(this.text.charAt(this.at), this.at + 1);
  }

  private takePlain(): void {
    const found = matchAt(PLAIN, this.text, this.at)?.[0] ?? this.text.charAt(this.at);
    const address = this.addresses[this.nextAddress] ?? Infinity;
    const end = Math.min(this.at + found.length, address);
    this.add(this.text.slice(this.at, end), end);
  }

  private takeAddress(): boolean {
    while ((this.addresses[this.nextAddress] ?? Infinity) < this.at) this.nextAddress += 1;
    if (this.addresses[this.nextAddress] !== this.at) return false;
    this.nextAddress += 1;
    const found = addressAt(this.text, this.at);
    if (found === null) return false;
    this.addLink(found.text, found.address, this.at + found.text.length, true);
    return true;
  }

  private addLink(text: string, address: string, end: number, isFound: boolean): void {
    const link = this.root.append(new Inline({ type: "link", address, title: "", isFound }));
    link.append(new Inline({ type: "text", text }));
    this.at = end;
  }

  /** Two spaces before the end of a line break it; others are not shown. */
  private takeLineEnd(): void {
    const { last } = this.root;
    let isHard = false;
    if (last?.content.type === "text") {
      const text = last.content.text.trimEnd();
      isHard = last.content.text.endsWith("  ");
      last.content = { type: "text", text };
    }
    if (isHard) this.root.append(new Inline({ type: "break" }));
    this.at += 1;
    while (this.text[this.at] === " ") this.at += 1;
    if (!isHard) this.root.append(new Inline({ type: "text", text: "\n" }));
  }

  private takeBackslash(): void {
    const next = this.text.charAt(this.at + 1);
    if (next === "\n") {
      this.root.append(new Inline({ type: "break" }));
      this.at += 2;
      while (this.text[this.at] === " ") this.at += 1;
    } else if (isPunctuation(next)) this.add(next, this.at + 2);
    else this.takeSign();
  }

  private takeFormula(): boolean {
    const start = this.text.slice(this.at, this.at + 2);
    if (this.unclosed.has(start)) return false;
    const found = formulaEnd(this.text, this.at, this.options.isUnfinished);
    if (found === null) {
      if (start === "$$" || start === "\\(" || start === "\\[") this.unclosed.add(start);
      return false;
    }
    const { end, isClosed } = found;
    this.root.append(new Inline({ type: "formula", text: this.text.slice(this.at, end), isClosed }));
    this.at = end;
    return true;
  }

  private takeCode(): void {
    const length = matchAt(TICKS, this.text, this.at)?.[0].length ?? 1;
    const start = this.at + length;
    const end = this.closingTicks(length, start);
    if (end !== null) {
      this.addCode(start, end, end + length);
      return;
    }
    const isShown = this.options.isUnfinished && start < this.text.length && !this.text.includes("\n", start);
    if (isShown) this.addCode(start, this.text.length, this.text.length);
    else this.add(this.text.slice(this.at, start), start);
  }

  private closingTicks(length: number, from: number): number | null {
    this.ticks ??= new Map([...this.text.matchAll(/`+/g)].map(({ 0: run, index }) => [run.length, index]));
    if ((this.ticks.get(length) ?? -1) < from) return null;
    const run = /`+/g;
    run.lastIndex = from;
    for (let found = run.exec(this.text); found !== null; found = run.exec(this.text))
      if (found[0].length === length) return found.index;
    return null;
  }

  private addCode(start: number, end: number, next: number): void {
    const text = this.text.slice(start, end).replaceAll("\n", " ");
    const isPadded = text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "";
    this.root.append(new Inline({ type: "code", text: isPadded ? text.slice(1, -1) : text }));
    this.at = next;
  }

  private takeRun(): void {
    const run = readRun(this.text, this.at);
    const node = this.add(run.sign.repeat(run.length), this.at + run.length);
    if (run.opens || run.closes) this.delimiters.push({ ...run, node });
  }

  private open(length: number): void {
    const node = this.add(this.text.slice(this.at, this.at + length), this.at + length);
    const delimiters = this.delimiters.length;
    this.brackets.push({ node, isImage: length === 2, start: this.at, delimiters, isActive: true });
  }

  private close(): void {
    const bracket = this.brackets.pop();
    const found = bracket?.isActive === true ? this.readTarget(bracket) : null;
    if (bracket === undefined || found === null) {
      this.takeSign();
      return;
    }
    const { address, title, end } = found;
    this.at = end;
    pairDelimiters(this.root, this.delimiters, bracket.delimiters);
    this.delimiters.length = bracket.delimiters;
    const content = bracket.isImage
      ? ({ type: "image", address, title } as const)
      : ({ type: "link", address, title, isFound: false } as const);
    this.root.wrap(bracket.node, null, content);
    this.root.remove(bracket.node);
    if (!bracket.isImage) for (const each of this.brackets) if (!each.isImage) each.isActive = false;
  }

  /** What follows the closing bracket: an address in parentheses, a label, or nothing, when the text is the label. */
  private readTarget(bracket: Bracket): (Target & { readonly end: number }) | null {
    const after = this.at + 1;
    return this.readAddress(after) ?? this.readLabel(bracket, after);
  }

  private readAddress(at: number): (Target & { readonly end: number }) | null {
    const { text } = this;
    if (text[at] !== "(") return null;
    const destination = readDestination(text, skipSpace(text, at + 1));
    if (destination === null) return null;
    const next = skipSpace(text, destination.end);
    const title: Found | null = next > destination.end ? readTitle(text, next) : null;
    const end = skipSpace(text, title?.end ?? next);
    if (text[end] !== ")") return null;
    return { address: unescape(destination.text), title: unescape(title?.text ?? ""), end: end + 1 };
  }

  private readLabel(bracket: Bracket, after: number): (Target & { readonly end: number }) | null {
    const { text } = this;
    const label = matchAt(LABEL, text, after);
    const own = text.slice(bracket.start, after - 1);
    const written = label?.[1]?.trim() ?? "";
    const name = written === "" ? own : written;
    if (name.length > 999 || name.trim() === "" || (written === "" && /(?:^|[^\\])\[/.test(own))) return null;
    const target = this.options.find(normalLabel(name));
    return target === null ? null : { ...target, end: after + (label?.[0].length ?? 0) };
  }

  private takeAngled(): void {
    const { text, at } = this;
    const angled = matchAt(ANGLED, text, at);
    if (angled !== null) {
      const [whole, web, mail] = angled;
      this.addLink(web ?? mail ?? "", web ?? `mailto:${mail ?? ""}`, at + whole.length, false);
      return;
    }
    const comment = this.unclosed.has("<!") ? -1 : commentEnd(text, at);
    if (comment >= 0) {
      this.at = comment;
      return;
    }
    if (text.startsWith("<!--", at)) this.unclosed.add("<!");
    const tag = readTag(text, at);
    if (tag === null) {
      this.takeSign();
      return;
    }
    const raw = text.slice(at, tag.end);
    if (isElement(tag)) this.root.append(new Inline({ type: "tag", tag, raw }));
    else this.root.append(new Inline({ type: "text", text: raw }));
    this.at = tag.end;
  }

  private takeEntity(): void {
    const found = matchAt(ENTITY, this.text, this.at)?.[0];
    if (found === undefined) this.takeSign();
    else this.add(decodeEntity(found), this.at + found.length);
  }
}
