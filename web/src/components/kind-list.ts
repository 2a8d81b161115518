/** The kinds of one side: some are part of the page, others are loaded with the first demo that has them. */

interface Named {
  readonly type: string;
}

export class KindList<K extends Named> {
  private readonly loaded: Map<string, K>;

  /** `later` loads kinds by their names; `unknown` stands in for kinds that only a newer server has. */
  constructor(
    atOnce: readonly K[],
    private readonly later: Readonly<Record<string, () => Promise<K>>>,
    private readonly unknown: K,
  ) {
    this.loaded = new Map(atOnce.map((kind) => [kind.type, kind]));
  }

  /** The names of all kinds. */
  get names(): readonly string[] {
    return [...new Set([...this.loaded.keys(), ...Object.keys(this.later)])];
  }

  readonly of = (type: string): K => this.loaded.get(type) ?? this.unknown;

  /** Load the kinds of these names. One that cannot be loaded stays unknown, so that the others are shown. */
  async load(names: readonly string[]): Promise<void> {
    await Promise.all([...new Set(names)].map((name) => this.loadOne(name)));
  }

  private async loadOne(name: string): Promise<void> {
    const load = Object.hasOwn(this.later, name) ? this.later[name] : undefined;
    if (load === undefined || this.loaded.has(name)) return;
    try {
      this.loaded.set(name, await load());
    } catch (reason) {
      console.error("gradstream: a part of the page could not be loaded", reason);
    }
  }
}

/** What was found in files called `./NAME-output.ts` or `./NAME-input.ts`, by the kinds' names. */
export function byName<T>(files: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const entries = Object.entries(files).map(([file, found]) => [/\w+/.exec(file)?.[0] ?? "", found] as const);
  return Object.fromEntries(entries);
}
