/** Copying a text copies its formulas as they are written, and not what draws them. */

export function copySource(event: ClipboardEvent): void {
  const selection = document.getSelection();
  if (selection === null || selection.isCollapsed || event.clipboardData === null) return;
  const range = selection.getRangeAt(0);
  const selected = wholeFormulas(range).cloneContents();
  const formulas = selected.querySelectorAll("gs-formula");
  if (formulas.length === 0) return;
  for (const formula of formulas) formula.replaceWith(formula.getAttribute("source") ?? "");
  const { html, text } = asLaidOut(selected);
  event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
}

/** A formula that is selected in part is copied whole. */
function wholeFormulas(range: Range): Range {
  const whole = range.cloneRange();
  const first = formulaAround(range.startContainer);
  const last = formulaAround(range.endContainer);
  if (first !== null) whole.setStartBefore(first);
  if (last !== null) whole.setEndAfter(last);
  return whole;
}

function formulaAround(node: Node): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest("gs-formula") ?? null;
}

/** Text has its line ends where it is laid out. */
function asLaidOut(content: DocumentFragment): { readonly html: string; readonly text: string } {
  const place = document.createElement("gs-copied");
  place.append(content);
  document.body.append(place);
  const copied = { html: place.innerHTML, text: place.innerText };
  place.remove();
  return copied;
}
