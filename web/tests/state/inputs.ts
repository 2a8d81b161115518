/** Inputs for tests, as the server would describe them. */
import { input, type Input } from "../../src/contract/input.ts";

export function anInput(name: string, type: string, keys: Readonly<Record<string, unknown>> = {}): Input {
  return input({ name, type, label: name, required: false, default: null, ...keys }, name);
}

export const PROMPT = anInput("prompt", "text", { default: "" });
export const STEPS = anInput("steps", "slider", { minimum: 1, maximum: 10, integer: true, default: 3 });
export const SECRET = anInput("secret", "text", { password: true, default: "" });
export const PHOTO = anInput("photo", "image");
export const COLOUR = anInput("colour", "dropdown", { choices: ["red", "green"], default: "red" });
export const SEVERAL = anInput("several", "dropdown", { choices: ["a", "b"], multiple: true, default: [] });
