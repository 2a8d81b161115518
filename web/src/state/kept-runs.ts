/** Which runs this tab shows, so that a reload attaches to them again. */
import { parseJson, writeJson } from "../contract/json.ts";
import { recall, remember } from "../client/storage.ts";
import { mapping, text } from "../contract/decode.ts";

const runs = mapping(text);

export class KeptRuns {
  constructor(private readonly demo: string) {}

  read(): Readonly<Record<string, string>> {
    const kept = recall(this.key);
    if (kept === null) return {};
    try {
      return runs(parseJson(kept), "runs");
    } catch {
      // Another program's text under our key: there is nothing to attach to.
      return {};
    }
  }

  write(action: string, run: string | null): void {
    const others = Object.entries(this.read()).filter(([name]) => name !== action);
    const all = run === null ? others : [...others, [action, run] as const];
    remember(this.key, all.length === 0 ? null : writeJson(Object.fromEntries(all)));
  }

  private get key(): string {
    return `runs:${this.demo}`;
  }
}
