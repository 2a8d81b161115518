/**
 * What stands where, as a demo's layout says.
 *
 *     blocks --grouped--> fields and buttons that follow each other: a card
 *                         anything else: a card of its own, words, columns, tabs, a section
 */
import { html, nothing, type TemplateResult } from "lit";
import type { Action } from "../../contract/demo.ts";
import type {
  Block,
  Blocks,
  ColumnsBlock,
  RowBlock,
  SectionBlock,
  TabsBlock,
} from "../../contract/layout.ts";
import { leavesOf } from "../../state/layout.ts";
import type { DemoModel } from "../../state/demo-model.ts";
import type { Readable } from "../../state/store.ts";
import "../action-bar.ts";
import { drawExamples } from "../example-chips.ts";
import "../input-list.ts";
import { LightElement } from "../light-element.ts";
import "../outputs/output-card.ts";
import "../prose.ts";
import { styled } from "../styled.ts";
import { grouped, runs } from "./groups.ts";
import "./tab-panels.ts";
import "../../style/layout.css";

/** What a conversation has besides its messages. */
export interface ConversationParts {
  readonly output: string;
  readonly start: TemplateResult;
  /** What is written in, where somebody can write. */
  readonly foot: TemplateResult | undefined;
}

class LayoutView extends LightElement {
  static override properties = {
    model: { attribute: false },
    items: { attribute: false },
    conversation: { attribute: false },
  };
  declare model: DemoModel;
  declare items: Blocks;
  declare conversation: ConversationParts | null;

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.demo, this.model.hidden, this.model.mistakes];
  }

  override render(): TemplateResult {
    return this.list(this.items);
  }

  private list(items: Blocks): TemplateResult {
    return html`<div class="blocks">
      ${grouped(items).map((group) => (group.isForm ? this.card(group.items) : group.items.map(this.block)))}
    </div>`;
  }

  /** Fields in a padded part, and the buttons that follow them below it. */
  private card(items: Blocks): TemplateResult {
    return html`<div class="card" ?hidden=${!this.hasShown(items)}>
      ${runs(items, ({ type }) => type === "action").map((run) =>
        run[0]?.type === "action" ? this.fields(run) : html`<div class="pad stack">${this.fields(run)}</div>`,
      )}
    </div>`;
  }

  /** Neighbours of one type are drawn together: inputs by their sections, buttons in one bar. */
  private fields(items: Blocks): readonly (TemplateResult | typeof nothing)[] {
    return runs(items, ({ type }) => type).flatMap((run) => {
      const [first] = run;
      if (first?.type === "input") return [this.inputs(run)];
      if (first?.type === "action") return [this.buttons(run)];
      return run.map(this.block);
    });
  }

  private inputs(items: Blocks): TemplateResult {
    const inputs = this.found(items, this.model.demo.value.inputs);
    return html`<gs-input-list class="stack" .model=${this.model} .inputs=${inputs}></gs-input-list>`;
  }

  private buttons(items: Blocks): TemplateResult {
    const all = this.model.demo.value.actions;
    const actions: readonly Action[] = this.found(items, all);
    return html`<gs-action-bar
      .model=${this.model}
      .actions=${actions}
      .hasMain=${actions.some((action) => action === all[0])}
    ></gs-action-bar>`;
  }

  private found<T extends { readonly name: string }>(items: Blocks, all: readonly T[]): readonly T[] {
    return items.flatMap((item) => all.filter(({ name }) => "name" in item && item.name === name));
  }

  private readonly block = (block: Block): TemplateResult | typeof nothing => {
    switch (block.type) {
      case "input":
        return this.inputs([block]);
      case "action":
        return this.buttons([block]);
      case "output":
        return this.output(block.name);
      case "examples":
        return drawExamples(this.model);
      case "text":
        return html`<gs-prose class="words" .text=${block.text}></gs-prose>`;
      case "row":
        return this.row(block);
      case "columns":
        return this.columns(block);
      case "tabs":
        return this.tabs(block);
      case "section":
        return this.section(block);
    }
  };

  private output(name: string): TemplateResult | typeof nothing {
    const output = this.model.demo.value.outputs.find((each) => each.name === name);
    if (output === undefined) return nothing;
    const parts = this.conversation?.output === name ? this.conversation : null;
    return html`<gs-output-card
      ?hidden=${this.model.hidden.value.outputs.has(name)}
      .model=${this.model}
      .output=${output}
      .start=${parts?.start}
      .foot=${parts?.foot}
    ></gs-output-card>`;
  }

  private row({ items }: RowBlock): TemplateResult {
    const [group] = grouped(items);
    const isForm = group?.isForm === true && group.items.length === items.length;
    return html`<div class="beside" ${styled({ "--widths": widths(items.map(() => 1)) })}>
      ${items.map((item) => (isForm ? html`<div>${this.fields([item])}</div>` : this.list([item])))}
    </div>`;
  }

  private columns({ columns }: ColumnsBlock): TemplateResult {
    return html`<div
      class="beside columns"
      ${styled({ "--widths": widths(columns.map(({ width }) => width)) })}
    >
      ${columns.map(({ items }) => html`<div class="column">${this.list(items)}</div>`)}
    </div>`;
  }

  private tabs({ tabs }: TabsBlock): TemplateResult {
    const panels = tabs.map(({ label, items }) => ({
      label,
      inputs: inputsIn(items),
      content: this.list(items),
    }));
    return html`<gs-tab-panels .model=${this.model} .panels=${panels}></gs-tab-panels>`;
  }

  private section({ title, open, show_if, items }: SectionBlock): TemplateResult {
    const mistakes = this.model.mistakes.value.byInput;
    const hasMistake = inputsIn(items).some((name) => name in mistakes);
    const [group] = grouped(items);
    const isForm = group?.isForm === true && group.items.length === items.length;
    return html`<details
      class="fold"
      ?open=${open || hasMistake}
      ?hidden=${this.model.hidden.value.sections.has(show_if) && !hasMistake}
    >
      <summary><bdi>${title}</bdi></summary>
      <div class="stack">${isForm ? this.fields(items) : this.list(items)}</div>
    </details>`;
  }

  /** Whether anything in a card is shown, so that none stays as an empty frame. */
  private hasShown(items: Blocks): boolean {
    const { inputs, sections } = this.model.hidden.value;
    const mistakes = this.model.mistakes.value.byInput;
    return items.some((item) => {
      if (item.type === "input") return !inputs.has(item.name) || item.name in mistakes;
      if (item.type === "section" && sections.has(item.show_if))
        return this.hasShown(item.items.filter(isInput));
      return item.type === "row" ? this.hasShown(item.items) : item.type !== "text";
    });
  }
}

function isInput({ type }: Block): boolean {
  return type === "input";
}

function inputsIn(items: Blocks): readonly string[] {
  return leavesOf(items).flatMap((leaf) => (leaf.type === "input" ? [leaf.name] : []));
}

function widths(shares: readonly number[]): string {
  return shares.map((share) => `minmax(0, ${share}fr)`).join(" ");
}

customElements.define("gs-layout", LayoutView);
