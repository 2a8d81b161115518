/** An output's card: the animated line, the header with its state and tools, and the value. */
import { html, nothing, type TemplateResult } from "lit";
import { demoFilePath } from "../../client/address.ts";
import type { Input } from "../../contract/input.ts";
import { member, type Json } from "../../contract/json.ts";
import type { Output } from "../../contract/output.ts";
import type { Selection } from "../../contract/page-event.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import type { DemoModel } from "../../state/demo-model.ts";
import { isActive, type TrackedRun } from "../../state/tracked-run.ts";
import { Store, type Readable } from "../../state/store.ts";
import { kindOfInput } from "../inputs/kinds.ts";
import { LightElement } from "../light-element.ts";
import "../run-status.ts";
import { styled } from "../styled.ts";
import { drawValue } from "./draw-value.ts";
import { drawFailure } from "./failure.ts";
import { kindOfOutput } from "./kinds.ts";
import { drawPlaceholder } from "./placeholder.ts";
import type { OutputDrawing, OutputKind } from "./types.ts";

class OutputCard extends LightElement {
  static override properties = {
    model: { attribute: false },
    output: { attribute: false },
    start: { attribute: false },
    foot: { attribute: false },
  };
  declare model: DemoModel;
  declare output: Output;
  /** What an empty output offers below its placeholder, and the footer. */
  declare start: TemplateResult | undefined;
  declare foot: TemplateResult | undefined;

  private readonly stats = new Store<PlaybackStats | null>(null);

  protected override watched(): readonly Readable<unknown>[] {
    const { tracked, shown, isDisconnected } = this.model.runner;
    return [tracked, shown, isDisconnected, this.model.hidden, this.model.mistakes];
  }

  override render(): TemplateResult {
    const { output } = this;
    const { values, owners } = this.model.runner.shown.value;
    const tracked = this.model.runner.trackedRun(member(owners, output.name) ?? "");
    const { value, run } = member(values, output.name) ?? { value: null, run: null };
    const isGiven = value === null && run !== null && run === tracked?.run;
    const isRunning = isActive(tracked);
    const drawing: OutputDrawing = {
      output,
      value,
      run,
      isActive: isRunning,
      tracked,
      runner: this.model.runner,
      select: this.model.runsOn(output.name, "select") ? this.select : null,
      picture: (path) => demoFilePath(this.model.demo.value.address, path),
      stats: this.stats,
    };
    const kind = kindOfOutput(output);
    const editor = this.model.demo.value.editors.find(({ name }) => name === output.name);
    const isEmpty = emptiness(kind, value);
    const isStale = isRunning && !isEmpty && isFromBefore(drawing, kind);
    const id = `out-${output.name}`;
    return html`<section class="card out ${isStale ? "stale" : ""}" aria-labelledby=${id}>
      ${drawLine(output, tracked, this.model.runner.isDisconnected.value)}
      <header class="head">
        <h2 id=${id} dir="auto">${output.label === "" ? output.name : output.label}</h2>
        ${tracked === undefined ? nothing : this.status(tracked, drawing, kind)}
        <span class="tools">${value === null ? nothing : (kind.tools?.(drawing) ?? nothing)}</span>
      </header>
      ${this.isFirst(tracked) ? this.recorded(tracked) : nothing}
      ${kind.isContinued ? nothing : this.failure(tracked)}
      <div class="body body-${output.type}" @gs-played=${this.noteStart}>
        ${isRunning || editor === undefined || !canChange(editor, value) ? this.shown(kind, drawing, isGiven) : this.editor(editor, drawing)}
      </div>
      ${kind.isContinued ? this.failure(tracked) : nothing}
      ${output.description === null ? nothing : html`<gs-prose class="help" .text=${output.description}></gs-prose>`}
      ${this.foot ?? nothing}
    </section>`;
  }

  private readonly select = (selection: Selection): void => {
    this.model.happened(this.output.name, "select", selection);
  };

  private readonly noteStart = (): void => {
    this.model.happened(this.output.name, "play");
  };

  private shown(kind: OutputKind, drawing: OutputDrawing, isGiven: boolean): TemplateResult {
    const { output, tracked, value } = drawing;
    const isEmpty = emptiness(kind, value);
    return html`${isEmpty ? html`${drawPlaceholder(output, tracked, isGiven)}${this.start ?? nothing}` : nothing}
    ${isEmpty && !kind.isLasting ? nothing : drawValue(kind, drawing)}`;
  }

  /** The field in which a visitor changes what is shown, between runs. */
  private editor(input: Input, { value, select }: OutputDrawing): TemplateResult {
    const { model } = this;
    const change = (next: Json): void => {
      model.edit(input.name, next);
    };
    const mistake = member(model.mistakes.value.byInput, input.name);
    return html`<div class="editor" @gs-selected=${({ detail }: CustomEvent<Selection>) => select?.(detail)}>
      ${kindOfInput(input).draw({ input, value, mistake, change }, model)}
    </div>`;
  }

  private status(tracked: TrackedRun, drawing: OutputDrawing, kind: OutputKind): TemplateResult {
    return html`<gs-run-status
      .tracked=${tracked}
      .size=${() => kind.describe?.(drawing) ?? ""}
      .stats=${this.stats}
      .isDisconnected=${this.model.runner.isDisconnected.value}
    ></gs-run-status>`;
  }

  private recorded(tracked: TrackedRun): TemplateResult | typeof nothing {
    if (tracked.recordedAt === null || isActive(tracked)) return nothing;
    // Without it the result is there all the same.
    void import("./recorded-note.ts").catch(() => undefined);
    return html`<gs-recorded-note .model=${this.model} .tracked=${tracked}></gs-recorded-note>`;
  }

  private failure(tracked: TrackedRun | undefined): TemplateResult | typeof nothing {
    return this.isFirst(tracked) ? drawFailure(tracked) : nothing;
  }

  /** What is said of a run is said once, in the first of its outputs that is shown. */
  private isFirst(tracked: TrackedRun | undefined): tracked is TrackedRun {
    const owners = this.model.runner.shown.value.owners;
    const hidden = this.model.hidden.value.outputs;
    const filled = this.model.demo.value.outputs.filter(
      ({ name }) => member(owners, name) === tracked?.action,
    );
    const first = filled.find(({ name }) => !hidden.has(name)) ?? filled[0];
    return tracked !== undefined && first?.name === this.output.name;
  }
}

function canChange(editor: Input, value: Json): boolean {
  return kindOfInput(editor).canChange?.(editor, value) ?? true;
}

function emptiness(kind: OutputKind, value: Json): boolean {
  return kind.isEmpty?.(value) ?? (value === null || value === "");
}

/** Whether the value is from an earlier run. Live runs are too short for it to matter. */
function isFromBefore({ tracked, run }: OutputDrawing, { isContinued }: OutputKind): boolean {
  return tracked?.isQuiet !== true && run !== tracked?.run && isContinued !== true;
}

/** The line above a card: animated while a run streams to this page, as wide as its progress. */
function drawLine(output: Output, tracked: TrackedRun | undefined, isDisconnected: boolean): TemplateResult {
  const state = tracked?.state;
  if (!output.streaming || isDisconnected || !isActive(tracked) || state?.status !== "running")
    return html`<div class="line"></div>`;
  const fraction = state.progress?.fraction ?? null;
  const share = fraction === null ? "100%" : `${Math.round(Math.min(1, fraction) * 100)}%`;
  return html`<div class="line"><div class="flow" ${styled({ "inline-size": share })}></div></div>`;
}

customElements.define("gs-output-card", OutputCard);
