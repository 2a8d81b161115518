/**
 * A page of the documentation among others: its links lead to pages below `docs/`, its headings can be named.
 *
 * The Markdown says `../format.md#chat`, relative to itself, as it is read on a code host; the HTML's base is elsewhere.
 */
const ATTRIBUTES = [
  ["a", "href"],
  ["img", "src"],
] as const;

/** Give each heading its name, and let links and pictures start at the page's own place below `docs/`. */
export function settle(page: ParentNode, path: string, base: string): void {
  for (const heading of page.querySelectorAll("h1, h2, h3, h4")) heading.id = slug(heading.textContent);
  for (const [tag, attribute] of ATTRIBUTES) {
    for (const element of page.querySelectorAll(tag)) {
      const target = element.getAttribute(attribute);
      if (target === null || /^[a-z]+:/.test(target)) continue;
      element.setAttribute(attribute, new URL(target, new URL(`docs/${path}`, base)).href);
      element.removeAttribute("target");
      element.removeAttribute("rel");
    }
  }
}

/** The name of a heading, as code hosts make it. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}
