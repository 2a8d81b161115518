/** Puts what a component draws into the test's document, and reads what a visitor sees there. */
import { render, type TemplateResult } from "lit";

export interface Drawn {
  readonly root: HTMLElement;
  /** Draw again, as the page does when something has changed. */
  readonly again: (template: unknown) => Promise<void>;
}

/** Draw into a fresh place, and wait until every element in it has drawn itself. */
export async function drawn(template: TemplateResult): Promise<Drawn> {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const again = async (next: unknown): Promise<void> => {
    render(next, root);
    await settled(root);
  };
  await again(template);
  return { root, again };
}

interface Updating extends Element {
  readonly updateComplete: Promise<boolean>;
}

/** Wait for all elements that draw themselves, and for those that they drew. */
export async function settled(root: Element): Promise<void> {
  const waiting = [...root.querySelectorAll("*")].filter(
    (each): each is Updating => "updateComplete" in each,
  );
  const done = await Promise.all(waiting.map((each) => each.updateComplete));
  const isMore = [...root.querySelectorAll("*")].some(
    (each) => "updateComplete" in each && !waiting.includes(each as Updating),
  );
  if (isMore || done.includes(false)) await settled(root);
}

/** The words of an element and what its controls hold, as a visitor reads them. */
export function seen(root: Element): string {
  return [text(root), ...[...root.querySelectorAll("input, select, textarea")].map(held)]
    .filter((part) => part !== "")
    .join(" | ");
}

function text(root: Element): string {
  return (root.textContent || "").replace(/\s+/g, " ").trim();
}

function held(control: Element): string {
  if (control instanceof HTMLSelectElement) return control.selectedOptions[0]?.label ?? "";
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (!(control instanceof HTMLInputElement) || control.type === "file") return "";
  if (control.type !== "checkbox" && control.type !== "radio") return control.value;
  return control.checked ? `chosen ${text(control.closest("label") ?? control)}` : "";
}

/** Use a field's control as a visitor does: type, choose by name, switch, or pick a file of that name. */
export function use(root: Element, entry: string, type = ""): void {
  const [control] = root.querySelectorAll<HTMLElement>("input, select, textarea");
  if (control instanceof HTMLSelectElement) {
    control.value = [...control.options].find(({ label }) => label === entry)?.value ?? "";
    control.dispatchEvent(new Event("change"));
  } else if (control instanceof HTMLInputElement && control.type === "file") {
    Object.defineProperty(control, "files", { value: [new File(["content"], entry, { type })] });
    control.dispatchEvent(new Event("change"));
  } else if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
    [...root.querySelectorAll("label")].find((label) => text(label).startsWith(entry))?.click();
  } else if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) {
    control.value = entry;
    control.dispatchEvent(new Event("input"));
    control.dispatchEvent(new Event("change"));
  }
}
