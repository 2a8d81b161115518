/** Inputs for tests, with what the page knows of their values. */
import type { Input } from "../../src/contract/input.ts";
import { isList, isMapping, type Json } from "../../src/contract/json.ts";

export function anInput(name: string, facts: Partial<Input> = {}): Input {
  const input: Input = {
    type: "invented",
    name,
    label: name,
    description: null,
    required: false,
    section: null,
    show_if: [],
    rules: [],
    default: null,
    fits: () => true,
    takesFile: false,
    isSecret: false,
    inLink: "encoded",
    interactive: true,
    selected: () => null,
    preview: () => null,
    changed: (changes) => ({ ...input, ...changes }),
    ...facts,
  };
  return input;
}

export function within(minimum: number, maximum: number): Input["fits"] {
  return (value) => typeof value === "number" && value >= minimum && value <= maximum;
}

const isText = (value: Json): boolean => typeof value === "string";

export const PROMPT = anInput("prompt", { default: "", fits: isText, inLink: "plain" });
export const STEPS = anInput("steps", { default: 3, fits: within(1, 10) });
export const SECRET = anInput("secret", { default: "", fits: isText, isSecret: true, inLink: "never" });
export const PHOTO = anInput("photo", { fits: isMapping, takesFile: true, inLink: "never" });
export const COLOUR = anInput("colour", {
  default: "red",
  fits: (value) => value === "red" || value === "green",
});
export const SEVERAL = anInput("several", { default: [], fits: isList });
