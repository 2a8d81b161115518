/** Elements for what anybody may write. The home of DOMPurify, which judges their attributes. */
import DOMPurify from "dompurify";
import { decodeEntities } from "./destinations.ts";
import type { Tag } from "./tags.ts";

const purifier = DOMPurify(window);

/** Elements are made in a document that fetches nothing: a picture is requested once it is where it belongs. */
const inert = document.implementation.createHTMLDocument("");

export function inertElement(name: string): HTMLElement {
  return inert.createElement(name);
}

/** Text from a model or a visitor must not be able to look like a part of the page, or to name its parts. */
purifier.setConfig({
  ALLOW_DATA_ATTR: false,
  FORBID_ATTR: ["style", "class", "id", "name", "popover", "popovertarget", "slot", "part", "is"],
});

/** An element as its tag says, without the attributes that could run or restyle something. */
export function safeElement({ name, attributes }: Tag): HTMLElement {
  const element = inertElement(name);
  for (const [attribute, value] of attributes) setSafely(element, attribute, decodeEntities(value));
  if (name === "a") openElsewhere(element);
  return element;
}

export function safeLink(address: string, title: string): HTMLElement {
  const link = inertElement("a");
  setSafely(link, "href", encoded(address));
  if (title !== "") link.title = title;
  openElsewhere(link);
  return link;
}

export function safePicture(address: string, title: string, alternative: string): HTMLElement {
  const picture = inert.createElement("img");
  setSafely(picture, "src", encoded(address));
  picture.alt = alternative;
  if (title !== "") picture.title = title;
  return picture;
}

function setSafely(element: HTMLElement, attribute: string, value: string): void {
  const { localName } = element;
  if (!purifier.isSupported || !purifier.isValidAttribute(localName, attribute, value)) return;
  element.setAttribute(attribute, value);
}

/** Without telling where the visitor came from. */
function openElsewhere(link: HTMLElement): void {
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer");
}

/** Percent signs that are there already stay. */
function encoded(address: string): string {
  try {
    return encodeURI(address).replaceAll("%25", "%").replaceAll("%5B", "[").replaceAll("%5D", "]");
  } catch {
    // Half of a surrogate pair cannot be encoded.
    return "";
  }
}
