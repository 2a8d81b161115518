/**
 * Where everything of a demo stands, by its layout.
 *
 * A layout that names inputs, buttons or examples alone arranges the left side of the page, one that names outputs
 * alone the right side, and one that names both the whole page. What it does not name keeps its place: it stands after
 * the thing of the same side that is before it in the file, or before the one that follows.
 */
import type { Demo } from "../contract/demo.ts";
import type { Block, Blocks, Leaf, SectionBlock } from "../contract/layout.ts";
import { words } from "../words.ts";

export interface Arrangement {
  /** What stands above both sides; the whole page if both are null. */
  readonly top: Blocks;
  /** The sides; null where the whole page is arranged. */
  readonly left: Blocks | null;
  readonly right: Blocks | null;
}

type Arranged = Pick<Demo, "layout" | "inputs" | "outputs" | "actions" | "examples" | "chat">;

/** Arrange a demo that has a layout; `answering` is the action of its conversation, which has no button. */
export function arrange(demo: Arranged, answering: string | null): Arrangement {
  const named = new Set(leavesOf(demo.layout).map(keyOf));
  const left = leftOf(demo, answering, named);
  const right = demo.outputs.map(({ name }): Leaf => ({ type: "output", name }));
  const isNamed = (leaf: Leaf): boolean => named.has(keyOf(leaf));
  const layout = demo.layout.filter((block) => keyOf(block) !== `action ${answering ?? ""}`);
  if (demo.chat !== null)
    return { top: aroundChat(demo, layout, left, right, isNamed), left: null, right: null };
  if (left.some(isNamed) && right.some(isNamed))
    return { top: withUnnamed(withUnnamed(layout, left), right), left: null, right: null };
  if (left.some(isNamed)) return { top: [], left: withUnnamed(layout, left), right };
  return right.some(isNamed)
    ? { top: [], left, right: withUnnamed(layout, right) }
    : { top: layout, left, right };
}

/** The sections of a layout, those within others too. */
export function sectionsOf(items: Blocks): readonly SectionBlock[] {
  return items.flatMap((block) => [
    ...(block.type === "section" ? [block] : []),
    ...sectionsOf(withinOf(block)),
  ]);
}

/** The names, texts and examples of a layout in their order. */
export function leavesOf(items: Blocks): readonly Leaf[] {
  return items.flatMap((block) => (isLeaf(block) ? [block] : leavesOf(withinOf(block))));
}

function leftOf(
  { inputs, actions, examples, chat }: Arranged,
  answering: string | null,
  named: ReadonlySet<string>,
): readonly Leaf[] {
  // A conversation shows examples where it begins, unless they have another place.
  const hasExamples = examples.length > 0 && (chat === null || named.has("examples"));
  return [
    ...inputs.filter(({ name }) => name !== chat?.message).map(({ name }): Leaf => ({ type: "input", name })),
    ...(hasExamples ? [{ type: "examples" } as const] : []),
    ...actions.filter(({ name }) => name !== answering).map(({ name }): Leaf => ({ type: "action", name })),
  ];
}

/** The conversation comes first and the settings last, as without a layout. */
function aroundChat(
  { chat }: Arranged,
  layout: Blocks,
  left: readonly Leaf[],
  right: readonly Leaf[],
  isNamed: (leaf: Leaf) => boolean,
): Blocks {
  const conversation: Leaf = { type: "output", name: chat?.output ?? "" };
  const started = isNamed(conversation) ? layout : [conversation, ...layout];
  const shown = withUnnamed(started, right);
  if (left.some(isNamed) || left.length === 0) return withUnnamed(shown, left);
  return [...shown, { type: "section", title: words.demo.settings, open: false, show_if: [], items: left }];
}

/** From the last to the first, so that what stands after one row keeps its order. */
function withUnnamed(layout: Blocks, things: readonly Leaf[]): Blocks {
  const first = things.findIndex((each) => has(layout, each));
  if (first === -1) return [...layout, ...things];
  let placed = layout;
  let unnamed: Leaf[] = [];
  for (const thing of things.slice(first).toReversed()) {
    const following = unnamed;
    if (has(layout, thing)) placed = inserted(placed, thing, (anchor) => [anchor, ...following]);
    unnamed = has(layout, thing) ? [] : [thing, ...unnamed];
  }
  const [anchor] = things.slice(first);
  return anchor === undefined ? placed : inserted(placed, anchor, (it) => [...things.slice(0, first), it]);
}

/** The blocks with something beside an anchor; beside the row that the anchor is in, if it is in one. */
function inserted(items: Blocks, anchor: Leaf, beside: (anchor: Block) => Blocks): Blocks {
  return items.flatMap((block): Blocks => {
    if (isLeaf(block) ? keyOf(block) === keyOf(anchor) : block.type === "row" && has([block], anchor))
      return beside(block);
    return [isLeaf(block) || !has([block], anchor) ? block : insertedWithin(block, anchor, beside)];
  });
}

function insertedWithin(block: Block, anchor: Leaf, beside: (anchor: Block) => Blocks): Block {
  const into = <T extends { readonly items: Blocks }>(part: T): T => ({
    ...part,
    items: inserted(part.items, anchor, beside),
  });
  switch (block.type) {
    case "columns":
      return { ...block, columns: block.columns.map(into) };
    case "tabs":
      return { ...block, tabs: block.tabs.map(into) };
    case "section":
      return into(block);
    default:
      return block;
  }
}

function has(items: Blocks, leaf: Leaf): boolean {
  return leavesOf(items).some((each) => keyOf(each) === keyOf(leaf));
}

function withinOf(block: Block): Blocks {
  switch (block.type) {
    case "row":
    case "section":
      return block.items;
    case "columns":
      return block.columns.flatMap(({ items }) => items);
    case "tabs":
      return block.tabs.flatMap(({ items }) => items);
    default:
      return [];
  }
}

function isLeaf(block: Block): block is Leaf {
  return !["row", "columns", "tabs", "section"].includes(block.type);
}

function keyOf(block: Block): string {
  return "name" in block ? `${block.type} ${block.name}` : block.type;
}
