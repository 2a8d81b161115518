/** Markdown to safe HTML. The home of marked and DOMPurify, loaded when a page first shows Markdown. */
import DOMPurify from "dompurify";
import { Lexer, Marked, type Tokens } from "marked";

const marked = new Marked({
  gfm: true,
  renderer: {
    code: ({ text, lang }: Tokens.Code): string => {
      const language = escapeHtml((lang ?? "").split(/\s/)[0] ?? "");
      return `<pre><code data-language="${language}">${escapeHtml(text)}</code></pre>`;
    },
    checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? "☑ " : "☐ "),
  },
});

const purifier = DOMPurify(window);

/** Text from a model or a visitor must not be able to look like a part of the page's form. */
const RULES = {
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "option", "dialog"],
  FORBID_ATTR: ["style", "class", "id", "name"],
};

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (!(node instanceof HTMLAnchorElement)) return;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
});

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Split into top-level blocks, which joined are the text; only the last can still change. */
export function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  for (const token of new Lexer().blockTokens(text)) {
    const last = blocks.length - 1;
    // Blank lines belong to the block before them: a list may continue after one.
    if (token.type === "space" && last >= 0) blocks[last] = `${blocks[last] ?? ""}${token.raw}`;
    else blocks.push(token.raw);
  }
  return blocks;
}

/** Where the browser lacks what DOMPurify needs, the text is shown as written. */
export function toHtml(text: string): string {
  if (!purifier.isSupported) return escapeHtml(text);
  return purifier.sanitize(marked.parse(text, { async: false }), RULES);
}
