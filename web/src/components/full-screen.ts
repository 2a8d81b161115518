/** Full screen, where a browser has it. */

export function canFillScreen(element: Element): boolean {
  return "requestFullscreen" in element;
}

/** Show an element alone on the screen, or leave full screen again. A browser may refuse, which changes nothing. */
export async function turnFullScreen(element: Element): Promise<void> {
  const turned =
    document.fullscreenElement === null ? element.requestFullscreen() : document.exitFullscreen();
  await turned.catch(() => undefined);
}
