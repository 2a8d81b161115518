/** Whether a key press is somebody writing, and so no command. */
const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

export function isTyping({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  return target instanceof HTMLElement && (TYPING.has(target.tagName) || target.isContentEditable);
}
