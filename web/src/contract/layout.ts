/** What stands where on a demo's page: a tree of blocks, told apart by `type`. */
import { conditions, type Condition } from "./condition.ts";
import { flag, list, literal, Misfit, number, record, text, typeOf, type Decode } from "./decode.ts";

/** An input, an output or the button of an action. */
export interface NamedBlock {
  readonly type: "input" | "output" | "action";
  readonly name: string;
}

export interface ExamplesBlock {
  readonly type: "examples";
}

export interface TextBlock {
  readonly type: "text";
  readonly text: string;
}

export interface RowBlock {
  readonly type: "row";
  readonly items: Blocks;
}

export interface ColumnsBlock {
  readonly type: "columns";
  readonly columns: readonly { readonly width: number; readonly items: Blocks }[];
}

export interface TabsBlock {
  readonly type: "tabs";
  readonly tabs: readonly { readonly label: string; readonly items: Blocks }[];
}

export interface SectionBlock {
  readonly type: "section";
  readonly title: string;
  readonly open: boolean;
  readonly show_if: readonly Condition[];
  readonly items: Blocks;
}

/** What has no blocks within. */
export type Leaf = NamedBlock | ExamplesBlock | TextBlock;
export type Block = Leaf | RowBlock | ColumnsBlock | TabsBlock | SectionBlock;
export type Blocks = readonly Block[];

const blockOf: Decode<Block> = (value, at) => {
  const decode = DECODERS[typeOf(value)];
  if (decode === undefined) throw new Misfit(at, "a block of a layout", value);
  return decode(value, at);
};

export const blocks: Decode<Blocks> = list(blockOf);

const DECODERS: Readonly<Record<string, Decode<Block>>> = {
  input: record<Block & NamedBlock>({ type: literal("input"), name: text }),
  output: record<Block & NamedBlock>({ type: literal("output"), name: text }),
  action: record<Block & NamedBlock>({ type: literal("action"), name: text }),
  examples: record<ExamplesBlock>({ type: literal("examples") }),
  text: record<TextBlock>({ type: literal("text"), text }),
  row: record<RowBlock>({ type: literal("row"), items: blocks }),
  columns: record<ColumnsBlock>({
    type: literal("columns"),
    columns: list(record({ width: number, items: blocks })),
  }),
  tabs: record<TabsBlock>({
    type: literal("tabs"),
    tabs: list(record({ label: text, items: blocks })),
  }),
  section: record<SectionBlock>({
    type: literal("section"),
    title: text,
    open: flag,
    show_if: conditions,
    items: blocks,
  }),
};
