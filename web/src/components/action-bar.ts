/** The buttons of a demo's actions; Run turns into Stop in the same place. */
import { html, nothing, type TemplateResult } from "lit";
import type { Action } from "../contract/demo.ts";
import type { DemoModel } from "../state/demo-model.ts";
import type { Readable } from "../state/store.ts";
import { words } from "../words.ts";
import { icon } from "./icon.ts";
import { LightElement } from "./light-element.ts";
import { drawFailure } from "./outputs/failure.ts";
import { showResults } from "./show-results.ts";

function runKeys(): string {
  return words.actions.keys(navigator.platform.startsWith("Mac"));
}

class ActionBar extends LightElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    hasMain: { attribute: false },
  };
  declare model: DemoModel;
  declare actions: readonly Action[];
  /** Whether the first button is the page's main one. */
  declare hasMain: boolean;

  constructor() {
    super();
    this.hasMain = true;
  }

  protected override watched(): readonly Readable<unknown>[] {
    return [this.model.runner.tracked, this.model.intervals.paused];
  }

  override render(): TemplateResult {
    const pressed = this.actions.filter((action) => action.has_button && !isByItself(action));
    const quiet = this.actions.filter((action) => !pressed.includes(action));
    const isShown = quiet.some((action) => isByItself(action) || this.model.runner.isActive(action.name));
    if (pressed.length === 0 && !isShown) return html`${this.failures()}`;
    return html`${this.failures()}
      <div class="go">
        ${pressed.map((action, index) => this.button(action, this.hasMain && index === 0))}
        ${isShown ? this.quietLine(quiet, pressed.length === 0) : nothing}
      </div>`;
  }

  private button(action: Action, isMain: boolean): TemplateResult {
    const tracked = this.model.runner.trackedRun(action.name);
    const isRunning = this.model.runner.isActive(action.name);
    const isStopping = tracked?.isStopping === true;
    const press = (): void => {
      if (isRunning) this.model.stop(action.name);
      else void this.run(action);
    };
    return html`<button
      class=${isRunning ? "stop" : isMain ? "main" : "second"}
      type="button"
      ?disabled=${isRunning && isStopping}
      @click=${press}
    >
      ${isRunning ? stopWords(isStopping) : html`${action.button}${isMain ? html` <kbd dir="ltr">${runKeys()}</kbd>` : nothing}`}
    </button>`;
  }

  /** Of actions that fill no output, whose card would show it. */
  private failures(): readonly unknown[] {
    const shown = new Set(this.model.demo.value.outputs.map(({ name }) => name));
    const silent = this.actions.filter(({ outputs }) => !outputs.some((name) => shown.has(name)));
    return silent.map(({ name }) => {
      const tracked = this.model.runner.trackedRun(name);
      return tracked === undefined ? nothing : drawFailure(tracked);
    });
  }

  private async run(action: Action): Promise<void> {
    await this.model.run(action);
    if (this.model.runner.isActive(action.name)) showResults(action);
  }

  private quietLine(actions: readonly Action[], isAlone: boolean): TemplateResult {
    const running = actions.find(({ name }) => this.model.runner.isActive(name));
    const every = actions.find(({ every_ms }) => every_ms !== null);
    return html`<div class="quiet ${isAlone ? "alone" : ""}">
      <span>${rhythmOf(actions)}</span>
      ${every === undefined ? nothing : this.pauseButton()}
      <button
        class="small ${running === undefined ? "hidden" : ""}"
        type="button"
        @click=${() => {
          if (running !== undefined) this.model.stop(running.name);
        }}
      >
        ${icon("stop")} ${words.actions.stop}
      </button>
    </div>`;
  }

  private pauseButton(): TemplateResult {
    const { paused } = this.model.intervals;
    const turn = (): void => {
      paused.update((isPaused) => !isPaused);
    };
    return html`<button
      class="small"
      type="button"
      aria-pressed=${paused.value ? "true" : "false"}
      @click=${turn}
    >
      ${icon(paused.value ? "play" : "pause")} ${paused.value ? words.actions.goOn : words.actions.pause}
    </button>`;
  }
}

function isByItself(action: Action): boolean {
  return action.live !== null || action.every_ms !== null;
}

/** How often the actions run; "" for those that a visitor starts. */
function rhythmOf(actions: readonly Action[]): string {
  const every_ms = actions.find((action) => action.every_ms !== null)?.every_ms ?? null;
  if (every_ms !== null) return words.actions.every(words.figures.roundSeconds(every_ms / 1000));
  return actions.some(({ live }) => live !== null) ? words.actions.everyChange : "";
}

function stopWords(isStopping: boolean): TemplateResult {
  return isStopping ? html`${words.actions.stopping}` : html`${icon("stop")} ${words.actions.stop}`;
}

customElements.define("gs-action-bar", ActionBar);
