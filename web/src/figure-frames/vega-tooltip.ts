/** What a mark says when it is pointed at, as text and nothing else. */

let tooltip: HTMLElement | null = null;

export function showTooltip(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  tooltip?.remove();
  tooltip = null;
  const text = textOf(value);
  if (text === "") return;
  tooltip = Object.assign(document.createElement("div"), { className: "tooltip", textContent: text });
  document.body.append(tooltip);
  const { offsetWidth, offsetHeight } = tooltip;
  tooltip.style.left = `${Math.max(0, Math.min(event.clientX + 12, innerWidth - offsetWidth))}px`;
  tooltip.style.top = `${Math.max(0, Math.min(event.clientY + 12, innerHeight - offsetHeight))}px`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, part]) => `${name}: ${textOf(part).replaceAll("\n", ", ")}`)
      .join("\n");
  return typeof value === "string" ? value : JSON.stringify(value);
}
