/** Draws fields for tests as the page does, and records what they change and upload. */
import type { TemplateResult } from "lit";
import { decodeInput, INPUT_KINDS, kindOfInput } from "../../../src/components/inputs/kinds.ts";
import { demoFilePath } from "../../../src/client/address.ts";
import { madeAddress, shippedPath } from "../../../src/client/file-address.ts";
import type { Uploads } from "../../../src/components/inputs/types.ts";
import type { Input } from "../../../src/contract/input.ts";
import type { Json } from "../../../src/contract/json.ts";
import type { InputMistake } from "../../../src/contract/problem.ts";
import { describedInput } from "../../contract/described.ts";

await INPUT_KINDS.load(INPUT_KINDS.names);

// jsdom has no object URLs.
Object.assign(URL, { createObjectURL: () => "blob:file", revokeObjectURL: () => undefined });

export function anInput(type: string, keys: Readonly<Record<string, Json>> = {}): Input {
  return decodeInput(describedInput(type, keys), "input");
}

export class FieldPage {
  readonly changes: Json[] = [];
  readonly sent: File[] = [];
  readonly signals: AbortSignal[] = [];
  readonly waits: Promise<unknown>[] = [];
  /** The response to uploads. */
  answer: Promise<string> = Promise.resolve("id");

  /** The addresses of pictures, by the name of their component. */
  readonly pictures = new Map<string, string>();

  readonly uploads: Uploads = {
    pictures: {
      addressOf: (value) => {
        const path = shippedPath(value);
        return path === null ? madeAddress(value) : demoFilePath("demo", path);
      },
      note: () => undefined,
      sourceOf: () => null,
      of: (name) => this.pictures.get(name) ?? null,
      sources: [],
    },
    api: {
      upload: (file, _, signal) => {
        this.sent.push(file);
        this.signals.push(signal);
        return this.answer;
      },
    },
    await: (upload) => this.waits.push(upload),
    beforeRun: () => () => undefined,
  };

  draw(input: Input, value: Json, mistake?: InputMistake): TemplateResult {
    const change = (next: Json): void => void this.changes.push(next);
    return kindOfInput(input).draw({ input, value, mistake, change }, this.uploads);
  }
}
