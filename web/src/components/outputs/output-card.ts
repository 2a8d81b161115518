/** An output's card: the line that flows while it streams, the head with its state, and the value. */
import { html, nothing, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { Output } from "../../contract/output.ts";
import type { Reading } from "../../media/reading.ts";
import type { DemoModel } from "../../state/demo-model.ts";
import { isActive, type Following } from "../../state/following.ts";
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

  private readonly reading = new Store<Reading | null>(null);

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.runner.followings, this.model.runner.canvas];
  }

  override render(): TemplateResult {
    const { output } = this;
    const { shown, owners } = this.model.runner.canvas.value;
    const following = this.model.runner.following(owners[output.name] ?? "");
    const { value, run } = shown[output.name] ?? { value: null, run: null };
    const isRunning = isActive(following);
    const drawing: OutputDrawing = {
      output,
      value,
      run,
      isActive: isRunning,
      following,
      runner: this.model.runner,
      reading: this.reading,
    };
    const isStale = isRunning && !isEmpty(drawing) && isFromBefore(following, drawing);
    const id = `out-${output.name}`;
    return html`<section class="card out ${isStale ? "stale" : ""}" aria-labelledby=${id}>
      ${drawLine(output, following)}
      <header class="head">
        <h2 id=${id}>${output.label === "" ? output.name : output.label}</h2>
        ${following === undefined ? nothing : this.status(following, drawing)}
        <span class="tools">${drawTools(drawing)}</span>
      </header>
      ${output.type === "chat" ? nothing : this.failure(following)}
      <div class="body body-${output.type}">
        ${isEmpty(drawing) ? html`${drawPlaceholder(output, following)}${this.start ?? nothing}` : nothing}
        ${isEmpty(drawing) && !isMedia(output) ? nothing : drawOutput(drawing)}
      </div>
      ${output.type === "chat" ? this.failure(following) : nothing}
      ${output.description === null ? nothing : html`<gs-prose class="help" .text=${output.description}></gs-prose>`}
      ${this.foot ?? nothing}
    </section>`;
  }

  private status(following: Following, { value }: OutputDrawing): TemplateResult {
    return html`<gs-run-status
      .following=${following}
      .output=${this.output}
      .value=${value}
      .reading=${this.reading}
    ></gs-run-status>`;
  }

  /** One output tells it for all of its run; a conversation tells it at its end, where it is read. */
  private failure(following: Following | undefined): TemplateResult | typeof nothing {
    const owners = this.model.runner.canvas.value.owners;
    const first = this.model.demo.value.outputs.find(({ name }) => owners[name] === following?.action);
    return following !== undefined && first?.name === this.output.name ? drawFailure(following) : nothing;
  }
}

/** The value is a former run's. A live run is too short for that to be worth a sign. */
function isFromBefore(following: Following | undefined, { output, run }: OutputDrawing): boolean {
  return following?.isQuiet !== true && run !== following?.run && output.type !== "chat";
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
function drawLine(output: Output, following: Following | undefined): TemplateResult {
  const state = following?.state;
  if (!output.streaming || !isActive(following) || state?.status !== "running")
    return html`<div class="line"></div>`;
  const fraction = state.progress?.fraction ?? null;
  const share = fraction === null ? "100%" : `${Math.round(Math.min(1, fraction) * 100)}%`;
  return html`<div class="line"><div class="flow" style=${styleMap({ inlineSize: share })}></div></div>`;
}

customElements.define("gs-output-card", OutputCard);
