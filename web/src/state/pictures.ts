/**
 * Where the page finds the pictures that values name, for fields that show a picture of another component.
 *
 *     {"file": id} of an upload of this page --> what was sent     {"file": "RUN/DIGEST"} --> what a run has made
 *     {"file": path}, a default or an example --> a file of the demo's own
 */
import { demoFilePath } from "../client/address.ts";
import { fileIn, madeAddress, shippedPath } from "../client/file-address.ts";
import { member, type Json } from "../contract/json.ts";
import { asGiven } from "./both-ways.ts";
import type { ShownValues } from "./shown-values.ts";
import type { Readable } from "./store.ts";
import type { Values } from "./values.ts";

export class Pictures {
  /** Of what this page has sent, by id: those that are values now, each with its object URL. */
  private readonly sent = new Map<string, { readonly source: Blob; readonly url: string }>();

  constructor(
    private readonly demo: string,
    private readonly values: Readable<Values>,
    private readonly shown: Readable<ShownValues>,
  ) {}

  /** What changes when a picture does. */
  get sources(): readonly Readable<unknown>[] {
    return [this.values, this.shown];
  }

  /** Note what was sent under an id, as long as it is a value. */
  note(file: string, source: Blob): void {
    const named = Object.values(this.values.value).map(fileIn);
    for (const [earlier, { url }] of this.sent) {
      if (named.includes(earlier)) continue;
      URL.revokeObjectURL(url);
      this.sent.delete(earlier);
    }
    this.sent.set(file, { source, url: URL.createObjectURL(source) });
  }

  /** The address of the picture that a value names; null if the page cannot have it. */
  addressOf(value: Json): string | null {
    const path = shippedPath(value);
    if (path !== null) return demoFilePath(this.demo, path);
    return this.sent.get(fileIn(value))?.url ?? madeAddress(value);
  }

  /** The same for what is read and not shown by the browser: what was sent as it is, all else by its address. */
  sourceOf(value: Json): string | Blob | null {
    return this.sent.get(fileIn(value))?.source ?? this.addressOf(value);
  }

  /** The address of the picture that an input has or an output shows, or of the demo's own at a path. */
  of(name: string): string | null {
    if (/[./]/.test(name)) return demoFilePath(this.demo, name);
    const value = member(this.values.value, name);
    if (value !== undefined) return this.addressOf(value);
    const now = member(this.shown.value.values, name);
    return now === undefined ? null : this.addressOf(asGiven(now));
  }
}
