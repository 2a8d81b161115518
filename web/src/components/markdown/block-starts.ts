/** How blocks begin: each function reads the start of a line, and takes the block's markers from it if it is one. */
import type { OpeningOf } from "./block.ts";
import { unescape } from "./destinations.ts";
import { startsHtmlBlock } from "./html-blocks.ts";
import type { Line } from "./line.ts";

export function takeHeading(line: Line): (OpeningOf<"heading"> & { readonly text: string }) | null {
  const marker = /^#{1,6}(?![^ \t])/.exec(line.content)?.[0];
  if (marker === undefined) return null;
  line.take(marker.length);
  return { type: "heading", level: marker.length, text: withoutClosing(line.content.trimEnd()) };
}

/** Read from the end, because a search for the closing signs can begin at each of many spaces. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === "#") end -= 1;
  if (end === 0) return "";
  return text[end - 1] === " " || text[end - 1] === "\t" ? text.slice(0, end).trimEnd() : text;
}

export function takeFence(line: Line): OpeningOf<"fence"> | null {
  const fence = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(line.content)?.[0];
  if (fence === undefined) return null;
  const { indent } = line;
  line.take(fence.length);
  const language = unescape(line.content.trim().split(/\s/, 1)[0] ?? "");
  return { type: "fence", sign: fence.charAt(0), length: fence.length, indent, language };
}

export function isClosingFence({ sign, length }: OpeningOf<"fence">, line: Line): boolean {
  const text = line.content.trimEnd();
  return line.indent < 4 && text.length >= length && text === sign.repeat(text.length);
}

export function takeFormula(line: Line): OpeningOf<"formula"> | null {
  const start = /^(?:\$\$|\\\[(?=\s|$)|\\begin\{[a-zA-Z*]{1,30}\})/.exec(line.content)?.[0];
  if (start === undefined) return null;
  const end = start === "$$" ? "$$" : start === "\\[" ? "\\]" : start.replace("begin", "end");
  // What ends on its first line is a part of a paragraph, unless nothing follows it there.
  const closed = line.content.indexOf(end, start.length);
  return closed < 0 || line.content.slice(closed + end.length).trim() === ""
    ? { type: "formula", end }
    : null;
}

export function isFormulaEnd({ end }: OpeningOf<"formula">, text: string, isFirst: boolean): boolean {
  return text.includes(end, isFirst ? 2 : 0);
}

/** A paragraph that this line turns into a heading: its level. */
export function setextLevel(line: Line): 1 | 2 | null {
  const text = line.content.trimEnd();
  if (text === "" || text !== text.charAt(0).repeat(text.length)) return null;
  return text.startsWith("=") ? 1 : text.startsWith("-") ? 2 : null;
}

export function isRule(line: Line): boolean {
  const sign = line.at(0);
  if (sign !== "*" && sign !== "-" && sign !== "_") return false;
  let count = 0;
  for (const each of line.content) {
    if (each === sign) count += 1;
    else if (each !== " " && each !== "\t") return false;
  }
  return count >= 3;
}

interface ItemStart {
  readonly marker: string;
  readonly start: number | null;
  readonly item: OpeningOf<"item">;
}

/** An empty item, or a number other than 1, cannot interrupt a paragraph. */
export function takeItem(line: Line, interrupts: boolean): ItemStart | null {
  const [marker = "", digits] = /^(?:[*+-]|(\d{1,9})[.)])(?![^ \t])/.exec(line.content) ?? [];
  if (marker === "") return null;
  const isEmpty = line.content.slice(marker.length).trim() === "";
  if (interrupts && (isEmpty || (digits !== undefined && Number(digits) !== 1))) return null;
  const outer = line.indent;
  line.take(marker.length);
  const inner = isEmpty || line.indent > 4 ? 1 : line.indent;
  line.takeColumns(inner);
  const [task = "", sign] = /^\[([ xX])\](?=\s+\S)/.exec(line.content) ?? [];
  if (task !== "" && line.indent < 4) line.take(task.length);
  return {
    marker: marker.slice(-1),
    start: digits === undefined ? null : Number(digits),
    item: {
      type: "item",
      width: outer + marker.length + inner,
      isTask: task !== "",
      isDone: sign !== undefined && sign !== " ",
    },
  };
}

export function takeHtml(line: Line, isInParagraph: boolean): OpeningOf<"html"> | null {
  if (line.at(0) !== "<") return null;
  return startsHtmlBlock(line.content, isInParagraph);
}
