/** Highlights YAML line by line: keys, values, comments. It is small because it does not parse. */
import { html, type TemplateResult } from "lit";

/** Indentation and dashes, a key with its colon, the rest of the line. */
const KEYED = /^(\s*(?:- )*)([^\s#:'"][^#:]*|"[^"]*"|'[^']*')(:)(?=\s|$)(.*)$/;
/** A comment begins the line or follows a space, outside of quotes; a quote inside a word does not open any. */
const COMMENT =
  /^((?:(?<=^|[\s[{,])(?:"(?:[^"\\]|\\.)*"|'[^']*')|[^'"#]|(?<=[^\s[{,])['"]|(?<=\S)#)*?)((?:^|(?<=\s))#.*)$/;
const WORDS = /^\s*(?:true|false|null|~|[-+]?[\d.][\d_.eE+-]*)\s*$/;

export function colourYaml(source: string): readonly TemplateResult[] {
  return source
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => html`${colourLine(line)}${"\n"}`);
}

function colourLine(line: string): unknown {
  const [, code = line, comment = ""] = COMMENT.exec(line) ?? [];
  const shown = comment === "" ? "" : html`<span class="y-comment">${comment}</span>`;
  return html`${colourCode(code)}${shown}`;
}

function colourCode(code: string): unknown {
  const [, indent, key, colon, rest] = KEYED.exec(code) ?? [];
  if (key === undefined) return colourItem(code);
  return html`${indent}<span class="y-key">${key}</span>${colon}${colourValue(rest ?? "")}`;
}

function colourItem(code: string): unknown {
  const [, dash = "", rest = ""] = /^(\s*(?:- )+)(.*)$/.exec(code) ?? [];
  return dash === "" ? colourValue(code) : html`${dash}${colourValue(rest)}`;
}

function colourValue(text: string): unknown {
  if (WORDS.test(text)) return html`<span class="y-word">${text}</span>`;
  return /^\s*["']/.test(text) ? html`<span class="y-text">${text}</span>` : text;
}
