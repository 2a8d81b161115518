/** Whether a key press is typing, and so not a shortcut. */
const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

export function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  return target instanceof HTMLElement && (TYPING.has(target.tagName) || target.isContentEditable);
}
