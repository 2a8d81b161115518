/** Markdown to elements, loaded when a page first shows Markdown. */
import { GrowingMarkdown } from "./growing-markdown.ts";
import { inertElement } from "./safe-elements.ts";

export { GrowingMarkdown };

/** All of a text at once; its pictures are requested when it is put into the page. */
export function drawMarkdown(text: string, finished: (code: HTMLElement) => void): DocumentFragment {
  const place = inertElement("div");
  const markdown = new GrowingMarkdown(place, finished);
  markdown.show(text, true);
  while (markdown.step() > 0);
  const fragment = place.ownerDocument.createDocumentFragment();
  fragment.append(...place.childNodes);
  return fragment;
}
