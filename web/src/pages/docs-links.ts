/**
 * Makes links and headings of a documentation page work below `docs/`.
 *
 * Links in the Markdown are relative to its file, as code hosts read them; the base of the HTML is another.
 */
const ATTRIBUTES = [
  ["a", "href"],
  ["img", "src"],
] as const;

/** Set the ids of headings, and resolve links and pictures against the page's own path below `docs/`. */
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

/** The id of a heading, as code hosts derive it. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}
