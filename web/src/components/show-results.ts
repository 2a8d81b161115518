/** On narrow screens the results are below the inputs: they come into sight once a visitor has started an action. */
import type { Action } from "../contract/demo.ts";

export function showResults({ outputs }: Action): void {
  if (!matchMedia("(max-width: 760px)").matches) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  const place = document.querySelector(".results") ?? document.getElementById(`out-${outputs[0] ?? ""}`);
  place?.closest(".results, .out")?.scrollIntoView({ behavior });
}
