/** An output's card: the line that flows while it streams, the head with its state, and the value. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Output } from "../../contract/output.ts";
import type { PlaybackStats } from "../../media/playback-stats.ts";
import type { DemoModel } from "../../state/demo-model.ts";
import { isActive, type TrackedRun } from "../../state/tracked-run.ts";
import { Store, type Readable } from "../../state/store.ts";
import { LightElement } from "../light-element.ts";
import "../run-status.ts";
import { drawOutput, type OutputDrawing } from "./draw-output.ts";
import { drawFailure } from "./failure.ts";
import { drawTools } from "./output-tools.ts";
import { drawPlaceholder } from "./placeholder.ts";

class OutputCard extends LightElement {
  static override properties = {
    model: { attribute: false },
    output: { attribute: false },
    start: { attribute: false },
    foot: { attribute: false },
  };
  declare model: DemoModel;
  declare output: Output;
  /** What an empty output offers, and what always stands below. */
  declare start: TemplateResult | undefined;
  declare foot: TemplateResult | undefined;

  private readonly stats = new Store<PlaybackStats | null>(null);

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.runner.tracked, this.model.runner.shown];
  }

  override render(): TemplateResult {
    const { output } = this;
    const { values, owners } = this.model.runner.shown.value;
    const tracked = this.model.runner.trackedRun(owners[output.name] ?? "");
    const { value, run } = values[output.name] ?? { value: null, run: null };
    const isRunning = isActive(tracked);
    const drawing: OutputDrawing = {
      output,
      value,
      run,
      isActive: isRunning,
      tracked,
      runner: this.model.runner,
      stats: this.stats,
    };
    const isStale = isRunning && !isEmpty(drawing) && isFromBefore(tracked, drawing);
    const id = `out-${output.name}`;
    return html`<section class="card out ${isStale ? "stale" : ""}" aria-labelledby=${id}>
      ${drawLine(output, tracked)}
      <header class="head">
        <h2 id=${id}>${output.label === "" ? output.name : output.label}</h2>
        ${tracked === undefined ? nothing : this.status(tracked, drawing)}
        <span class="tools">${drawTools(drawing)}</span>
      </header>
      ${output.type === "chat" ? nothing : this.failure(tracked)}
      <div class="body body-${output.type}">
        ${isEmpty(drawing) ? html`${drawPlaceholder(output, tracked)}${this.start ?? nothing}` : nothing}
        ${isEmpty(drawing) && !isMedia(output) ? nothing : drawOutput(drawing)}
      </div>
      ${output.type === "chat" ? this.failure(tracked) : nothing}
      ${output.description === null ? nothing : html`<gs-prose class="help" .text=${output.description}></gs-prose>`}
      ${this.foot ?? nothing}
    </section>`;
  }

  private status(tracked: TrackedRun, { value }: OutputDrawing): TemplateResult {
    return html`<gs-run-status
      .tracked=${tracked}
      .output=${this.output}
      .value=${value}
      .stats=${this.stats}
    ></gs-run-status>`;
  }

  /** One output tells it for all of its run; a conversation tells it at its end, where it is read. */
  private failure(tracked: TrackedRun | undefined): TemplateResult | typeof nothing {
    const owners = this.model.runner.shown.value.owners;
    const first = this.model.demo.value.outputs.find(({ name }) => owners[name] === tracked?.action);
    return tracked !== undefined && first?.name === this.output.name ? drawFailure(tracked) : nothing;
  }
}

/** The value is a former run's. A live run is too short for that to be worth a sign. */
function isFromBefore(tracked: TrackedRun | undefined, { output, run }: OutputDrawing): boolean {
  return tracked?.isQuiet !== true && run !== tracked?.run && output.type !== "chat";
}

/** A player is there before it has anything to play, and stays for all that it plays. */
function isMedia({ type }: Output): boolean {
  return type === "audio" || type === "video";
}

function isEmpty({ output, value }: OutputDrawing): boolean {
  if (output.type === "unknown") return false;
  return (
    value === null || value === "" || (output.type === "chat" && Array.isArray(value) && value.length === 0)
  );
}

/** The signature: it flows while values may come, as far as the progress says, and is still otherwise. */
function drawLine(output: Output, tracked: TrackedRun | undefined): TemplateResult {
  const state = tracked?.state;
  if (!output.streaming || !isActive(tracked) || state?.status !== "running")
    return html`<div class="line"></div>`;
  const fraction = state.progress?.fraction ?? null;
  const share = fraction === null ? "100%" : `${Math.round(Math.min(1, fraction) * 100)}%`;
  return html`<div class="line"><div class="flow" style=${styleMap({ inlineSize: share })}></div></div>`;
}

customElements.define("gs-output-card", OutputCard);
