/** On narrow screens the results are below the inputs: they come into sight once a visitor has started an action. */
import type { Action, Example } from "../contract/demo.ts";
import type { DemoModel } from "../state/demo-model.ts";

export function showResults({ outputs }: Action): void {
  if (!matchMedia("(max-width: 760px)").matches) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  const place = document.querySelector(".results") ?? document.getElementById(`out-${outputs[0] ?? ""}`);
  place?.closest(".results, .out")?.scrollIntoView({ behavior });
}

/** Fill the inputs as an example does; where its result is recorded, that is shown, unless a value does not fit. */
export function useExample(model: DemoModel, values: Example["inputs"]): void {
  model.useExample(values);
  const { actions, cache } = model.demo.value;
  if (cache && Object.keys(model.mistakes.value.byInput).length === 0) actions.forEach(showResults);
}
