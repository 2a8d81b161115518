/** Which blocks of a layout are drawn together. */
import type { Block, Blocks } from "../../contract/layout.ts";

export interface Group {
  /** Whether it is drawn as one card of fields and buttons. */
  readonly isForm: boolean;
  readonly items: Blocks;
}

/** Put fields and buttons that follow each other together, with the words between them; all else stands alone. */
export function grouped(items: Blocks): readonly Group[] {
  const groups: Group[] = [];
  for (const run of runs(items, (block) => isField(block) || isBetweenFields(items, items.indexOf(block))))
    groups.push({ isForm: run.some(isField), items: run });
  return groups;
}

/** Cut a list where the key changes. */
export function runs<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly (readonly T[])[] {
  const found: T[][] = [];
  let last: unknown;
  for (const item of items) {
    const key = keyOf(item);
    const run = found.at(-1);
    if (run !== undefined && key === last) run.push(item);
    else found.push([item]);
    last = key;
  }
  return found;
}

function isField(block: Block): boolean {
  switch (block.type) {
    case "input":
    case "action":
    case "examples":
      return true;
    case "row":
    case "section":
      return block.items.every((each) => each.type === "text" || isField(each)) && block.items.some(isField);
    default:
      return false;
  }
}

/** Words belong to the fields around them. */
function isBetweenFields(items: Blocks, at: number): boolean {
  const isText = (block: Block): boolean => block.type === "text";
  const before = items.slice(0, at).findLast((each) => !isText(each));
  const after = items.slice(at).find((each) => !isText(each));
  return (
    items[at]?.type === "text" &&
    before !== undefined &&
    isField(before) &&
    after !== undefined &&
    isField(after)
  );
}
