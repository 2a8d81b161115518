/**
 * Which thoughts of an answer are parts of others. Ids count among the messages between two of the visitor.
 *
 * The worker has the same rules, and tells the developer of parents that cannot be: `tests/wire/rules/thoughts.json`.
 */
export interface Related {
  readonly role: string;
  readonly metadata: {
    readonly title: string | null;
    readonly id: string | null;
    readonly parent_id: string | null;
  } | null;
}

/** For each message the index of the one that it is drawn in; null for one that is drawn by itself. */
export function parentsOf(messages: readonly Related[]): readonly (number | null)[] {
  if (messages.every(({ metadata }) => (metadata?.parent_id ?? null) === null))
    return messages.map(() => null);
  const found = namedParents(messages);
  return found.map((parent, index) => (containsItself(index, found) ? null : parent));
}

/** The indices of the messages in each; those that are drawn by themselves are under null. */
export function nested(messages: readonly Related[]): ReadonlyMap<number | null, readonly number[]> {
  const inside = new Map<number | null, number[]>([[null, []]]);
  parentsOf(messages).forEach((parent, index) => {
    const others = inside.get(parent);
    if (others === undefined) inside.set(parent, [index]);
    else others.push(index);
  });
  return inside;
}

function namedParents(messages: readonly Related[]): readonly (number | null)[] {
  const thoughts: ReadonlyMap<string, number>[] = [];
  let turn = new Map<string, number>();
  messages.forEach(({ role, metadata }, index) => {
    if (role === "user") turn = new Map();
    thoughts.push(turn);
    const id = metadata?.id ?? null;
    if (id !== null && !turn.has(id)) turn.set(id, index);
  });
  return messages.map(({ metadata }, index) => {
    const parent = thoughts[index]?.get(metadata?.parent_id ?? "") ?? null;
    const isThought = parent !== null && (messages[parent]?.metadata?.title ?? null) !== null;
    return (metadata?.parent_id ?? null) !== null && isThought ? parent : null;
  });
}

function containsItself(index: number, found: readonly (number | null)[]): boolean {
  let at = found[index] ?? null;
  for (let steps = 0; steps < found.length && at !== null && at !== index; steps += 1) at = found[at] ?? null;
  return at === index;
}
