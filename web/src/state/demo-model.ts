/** The state and the commands of one demo's page; components draw the one and call the others. */
import { Refusal, type Api } from "../client/api.ts";
import type { Action, Demo } from "../contract/demo.ts";
import type { Input } from "../contract/input.ts";
import { member, sameJson, type Json } from "../contract/json.ts";
import type { PageEvent, Selection } from "../contract/page-event.ts";
import type { Connection } from "../transport/connection.ts";
import type { Undo } from "../transport/types.ts";
import { words } from "../words.ts";
import { filledBy, handed } from "./both-ways.ts";
import { followers } from "./chains.ts";
import { decidingInputs, hiddenIn, NOTHING_HIDDEN, type Hidden } from "./conditions.ts";
import { conversationOf, type Conversation } from "./conversation.ts";
import type { TrackedRun } from "./tracked-run.ts";
import { isShareable } from "./fragment.ts";
import { EventRuns, eventsOf, runsOn } from "./event-runs.ts";
import { LiveRuns } from "./live.ts";
import { Log } from "./log.ts";
import {
  judged,
  mistakesIn,
  mistakesOf,
  NO_MISTAKES,
  refusedInputs,
  without,
  type Mistakes,
} from "./mistakes.ts";
import { reasonText, Runner, type StartOptions } from "./runner.ts";
import { describeEnd } from "./status.ts";
import { Store, type Readable } from "./store.ts";
import { Properties } from "./properties.ts";
import { Pictures } from "./pictures.ts";
import { PageAddress } from "./page-address.ts";
import { RunFinder, type FoundRun } from "./run-finder.ts";
import { IntervalRuns } from "./interval-runs.ts";
import { carry, defaultsOf, fill, isMissing, pick, required, type Values } from "./values.ts";

export class DemoModel {
  readonly demo: Store<Demo>;
  readonly values: Store<Values>;
  readonly hidden: Store<Hidden>;
  readonly mistakes = new Store<Mistakes>(NO_MISTAKES);
  /** Announced politely by screen readers: ends of runs, with an answer as a whole, never single tokens. */
  readonly announcement = new Store("");
  readonly isRemoved = new Store(false);
  /** Why a run in the address is not shown; empty when all are. */
  readonly notFound = new Store("");
  /** Why the file could not be repaired from the page; empty if it could. */
  readonly notRepaired = new Store("");
  readonly log = new Log();
  readonly runner: Runner;
  readonly intervals: IntervalRuns;
  readonly pictures: Pictures;
  private readonly live: LiveRuns;
  private readonly events: EventRuns;
  readonly pageAddress: PageAddress;
  private readonly finder: RunFinder;
  private readonly sending = new Set<Promise<unknown>>();
  private readonly unfinished = new Set<{ readonly input: string; readonly finish: () => void }>();
  /** The inputs that the values belong to. */
  private typedInto: readonly Input[];
  private reloads = 0;
  /** The demo as its file has it. */
  private written: Demo;
  private readonly properties = new Properties();
  /** Runs that wait for each other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    demo: Demo,
    readonly api: Api,
    connection: Connection,
    isDisconnected: Readable<boolean>,
  ) {
    this.demo = new Store(demo);
    this.written = demo;
    this.values = new Store(defaultsOf(demo.inputs));
    this.hidden = new Store(NOTHING_HIDDEN);
    this.values.subscribe(this.decideHidden);
    this.demo.subscribe(this.decideHidden);
    this.decideHidden();
    this.typedInto = demo.inputs;
    this.pageAddress = new PageAddress(demo.address);
    this.finder = new RunFinder(api, demo.address);
    this.runner = new Runner(
      api,
      connection,
      demo.address,
      this.log,
      {
        started: (action, run) => {
          this.notFound.set("");
          this.pageAddress.writeRun(action, run);
        },
        shown: (tracked, before) => {
          this.changeProperties(tracked);
          this.fillInputs(tracked, before);
        },
        ended: (tracked) => {
          this.afterEnd(tracked);
        },
      },
      isDisconnected,
    );
    this.pictures = new Pictures(demo.address, this.values, this.runner.shown);
    this.live = new LiveRuns((action) => this.runQuietly(action));
    this.events = new EventRuns((action, event) => this.runOnEvent(action, event));
    this.intervals = new IntervalRuns(
      (action) => void this.runQuietly(action),
      (action) => this.runner.isActive(action),
    );
  }

  /** Null when the demo does not have a chat. */
  get conversation(): Conversation | null {
    const { runner, values, change, restore, start, forget, finish, inTurn } = this;
    const { address, actions } = this.demo.value;
    const host = { address, actions, runner, values, change, restore, start, forget, finish, inTurn };
    return conversationOf(this.demo.value, host);
  }

  /** The first input, in the order of the file, with which something is wrong. */
  get firstMistake(): string | undefined {
    const { byInput } = this.mistakes.value;
    return this.demo.value.inputs.find(({ name }) => name in byInput)?.name;
  }

  /** Restore what this tab kept, and start the actions that start by themselves. */
  open(): void {
    const { inputs, actions } = this.demo.value;
    this.values.set(fill(inputs, this.pageAddress.readInputs(inputs)));
    this.conversation?.recall();
    void this.openActions();
    this.intervals.schedule(actions);
  }

  /**
   * The address's fragment was changed: by hand, by a link, or by going back.
   *
   * Inputs that it never contains stay as they are, and so does what is shown when it names no run.
   */
  readAddress(): void {
    const { inputs } = this.demo.value;
    const unwritten = inputs.filter((input) => !isShareable(input)).map(({ name }) => name);
    this.setValues(
      fill(inputs, { ...pick(this.values.value, unwritten), ...this.pageAddress.readInputs(inputs) }),
    );
    void this.attachRuns();
  }

  readonly change = (name: string, value: Json): void => {
    const input = this.demo.value.inputs.find((each) => each.name === name);
    this.mistakes.update((mistakes) => judged(mistakes, input, value));
    this.setAsVisitor({ ...this.values.value, [name]: value });
  };

  readonly restore = (name: string, value: Json): void => {
    this.setValues({ ...this.values.value, [name]: value });
  };

  /** A visitor changed what an output shows. */
  readonly edit = (output: string, value: Json): void => {
    const before = member(this.runner.shown.value.values, output)?.value ?? null;
    this.mistakes.update((mistakes) => without(mistakes, output));
    this.runner.setValue(output, value);
    this.live.changed(this.demo.value.actions, { [output]: before }, { [output]: value });
    this.happened(output, "change", { value });
  };

  /** A visitor did something to a component. */
  readonly happened = (component: string, type: string, selection: Selection = {}): void => {
    this.events.happened(this.demo.value.actions, { component, type, ...selection });
  };

  /** Whether an action runs when a visitor does this to the component. */
  readonly runsOn = (component: string, type: string): boolean =>
    this.demo.value.actions.some((action) => runsOn(action, type, component));

  /** Give these inputs their defaults again. */
  reset(inputs: readonly Input[]): void {
    this.mistakes.update((mistakes) => inputs.reduce((left, { name }) => without(left, name), mistakes));
    this.setAsVisitor({ ...this.values.value, ...defaultsOf(inputs) });
  }

  useExample(values: Values): void {
    this.mistakes.set(NO_MISTAKES);
    const { inputs, actions, cache } = this.demo.value;
    this.setAsVisitor(fill(inputs, values));
    if (cache) for (const action of actions) void this.begin(action, { isQuiet: false, replay: true });
  }

  /** Runs wait for this upload. */
  readonly await = (upload: Promise<unknown>): void => {
    this.sending.add(upload);
    void upload.finally(() => this.sending.delete(upload));
  };

  /** Resolves when no file is being uploaded. */
  readonly settled = (): Promise<unknown> => Promise.allSettled(this.sending);

  /** Call `finish` before each run that uses this input; it may start an upload and `await` it. */
  readonly beforeRun = (input: string, finish: () => void): Undo => {
    const waiting = { input, finish };
    this.unfinished.add(waiting);
    return () => {
      this.unfinished.delete(waiting);
    };
  };

  async run(action: Action): Promise<void> {
    if (this.runner.isActive(action.name)) return;
    await this.finish(action);
    if (!this.runner.isActive(action.name)) await this.begin(action, { isQuiet: false });
  }

  /** Start an action unless something is wrong with its inputs, which is shown if a visitor has started it. */
  private async begin(action: Action, options: StartOptions): Promise<void> {
    const found = this.mistakesFor(action);
    if (found.length === 0) await this.send(action, {}, options);
    else if (!options.isQuiet) this.mistakes.set(mistakesOf(found, false));
  }

  /** Have what this action takes uploaded. */
  private readonly finish = async (action: Action): Promise<void> => {
    for (const { input, finish } of this.unfinished) if (action.inputs.includes(input)) finish();
    await this.settled();
  };

  /** Sent by a key it is like a press of the button; all else may happen while a visitor fills in the form. */
  private async runOnEvent(action: Action, event: PageEvent): Promise<void> {
    const isQuiet = event.type !== "submit";
    await this.finish(action);
    await this.begin(action, { isQuiet, event });
  }

  stop(action: string): void {
    void this.runner.stop(action);
  }

  readonly start = (action: Action, values: Values): Promise<boolean> =>
    this.send(action, values, { isQuiet: false });

  readonly inTurn = (action: Action, values: Values): void => {
    this.turn = this.turn.then(async () => {
      await this.runner.ended(action.name);
      await this.send(action, values, { isQuiet: true });
    });
  };

  readonly forget = (action: Action): void => {
    this.runner.forget(action.name);
    this.pageAddress.writeRun(action.name, null);
  };

  /** Replace the demo after a change of its file, and keep the inputs that still fit. */
  replace(demo: Demo): void {
    const before = this.demo.value;
    this.isRemoved.set(false);
    if (before.revision === demo.revision && before.status === demo.status) return;
    this.written = demo;
    this.properties.clear();
    this.demo.set(demo);
    this.notRepaired.set("");
    this.mistakes.set(NO_MISTAKES);
    if (demo.status === "ready") this.replaceInputs(demo.inputs);
    if (before.status === "broken") void this.attachRuns();
    this.log.add(
      "note",
      demo.status === "broken" || demo.is_stale ? words.log.fileBroken : words.log.fileRead,
    );
    this.live.clear();
    this.events.clear();
    this.intervals.schedule(demo.actions);
  }

  /**
   * Somebody looks at the page: have the demo's import reported, by reading the demo again.
   *
   * Not before, so that a page that is opened in the background or ahead of time starts no process.
   */
  looked(): void {
    void this.reload();
  }

  /** Read the demo again. Of several requests in flight, only the last one counts. */
  async reload(): Promise<void> {
    this.reloads += 1;
    const mine = this.reloads;
    try {
      const demo = await this.api.openDemo(this.demo.value.address);
      if (mine === this.reloads) this.replace(demo);
    } catch (reason) {
      // The next catalog event reads it again; until then the page keeps the last good state.
      this.log.add("error", words.log.notRead(reasonText(reason)));
    }
  }

  /** Have the demo's file repaired; the page follows as after any save. */
  async repair(finding: number, fix: number): Promise<void> {
    const { address, revision } = this.demo.value;
    this.notRepaired.set("");
    try {
      await this.api.repair(address, { revision, finding, fix });
    } catch (reason) {
      this.notRepaired.set(words.demo.notRepaired(reasonText(reason)));
    }
  }

  /** A broken demo is without inputs: what was typed is kept until they are back. */
  private replaceInputs(inputs: readonly Input[]): void {
    const kept = this.typedInto.length === 0 ? this.pageAddress.readInputs(inputs) : {};
    this.values.set(fill(inputs, { ...carry(this.typedInto, inputs, this.values.value), ...kept }));
    this.typedInto = inputs;
  }

  /** Attach to the runs in the address, and start what starts by itself and has no run yet. */
  private async openActions(): Promise<void> {
    await this.attachRuns();
    for (const action of this.demo.value.actions)
      if (this.runner.trackedRun(action.name) === undefined) this.openAction(action);
  }

  private async attachRuns(): Promise<void> {
    this.notFound.set("");
    const shown = new Set([...this.runner.tracked.value.values()].map(({ run }) => run));
    const runs = this.pageAddress.readRuns().filter((run) => !shown.has(run));
    const found = await Promise.all(runs.map((run) => this.finder.find(run)));
    // All at once: of actions that follow each other, the later ones are known when the first has ended.
    runs.forEach((run, index) => {
      this.attachRun(run, found[index] ?? null);
    });
  }

  private attachRun(run: string, found: FoundRun | null): void {
    // Without its actions nothing can be shown yet: `replace` attaches to it.
    if (this.demo.value.status === "broken") return;
    // Meanwhile another run may have been started, or another link followed.
    if (!this.pageAddress.readRuns().includes(run)) return;
    const action = this.demo.value.actions.find(({ name }) => name === found?.action);
    if (found === null || action === undefined) {
      this.notFound.set(found === null ? words.demo.runForgotten : words.demo.runElsewhere);
      return;
    }
    this.pageAddress.noteAction(run, action.name);
    this.runner.attach(action, run, found);
    this.log.add("note", words.log.attached);
  }

  /** Run an action that starts when the page opens, or a live one whose inputs are given: all, or by the address. */
  private openAction(action: Action): void {
    const watched = this.demo.value.inputs.filter(({ name }) => action.live?.inputs.includes(name) === true);
    const isChanged = watched.some((each) => !sameJson(each.default, member(this.values.value, each.name)));
    const isGiven = watched.length > 0 && watched.every((each) => !isMissing(each.default));
    // A conversation that this tab has kept is not begun again.
    if (action.outputs.includes(this.demo.value.chat?.output ?? "") && this.conversation?.messages.length)
      return;
    if (action.on_open || isChanged || isGiven) void this.runQuietly(action);
  }

  private setAsVisitor(next: Values): void {
    const before = this.values.value;
    this.setValues(next);
    for (const { component, type, ...selection } of eventsOf(this.demo.value.inputs, before, next))
      this.happened(component, type, selection);
  }

  private setValues(next: Values): void {
    const before = this.values.value;
    this.keepValues(next);
    this.live.changed(this.demo.value.actions, before, next);
  }

  private keepValues(next: Values): void {
    const { inputs, chat } = this.demo.value;
    const message = chat?.message ?? null;
    this.values.set(next);
    // An unfinished message does not belong into a link.
    this.pageAddress.writeInputs(inputs, message === null ? next : { ...next, [message]: null });
  }

  private changeProperties({ run, state }: TrackedRun): void {
    if (run === null || !this.properties.take(run, state.props)) return;
    this.demo.set(this.properties.over(this.written));
    const { inputs } = this.demo.value;
    this.typedInto = inputs;
    this.keepValues(fill(inputs, this.values.value));
  }

  /** What a run writes into an input starts no live action: two of them could go on for ever. */
  private fillInputs(tracked: TrackedRun, before: Values): void {
    const { inputs, outputs } = this.demo.value;
    const own = inputs.filter(({ name }) => !outputs.some((output) => output.name === name));
    const filled = filledBy(tracked, before, own, this.values.value);
    if (Object.keys(filled).length === 0) return;
    this.mistakes.update((mistakes) => Object.keys(filled).reduce(without, mistakes));
    this.keepValues({ ...this.values.value, ...filled });
  }

  private mistakesFor(action: Action): ReturnType<typeof mistakesIn> {
    const inputs = required(this.demo.value.inputs, action.live?.needs ?? []);
    return mistakesIn(inputs, action.inputs, this.values.value, this.hidden.value.inputs);
  }

  private readonly decideHidden = (): void => {
    this.hidden.update((before) => hiddenIn(this.demo.value, this.values.value, before));
  };

  private async runQuietly(action: Action): Promise<void> {
    await this.settled();
    await this.begin(action, { isQuiet: true });
  }

  private inputsFor(action: Action): Values {
    const { inputs } = this.demo.value;
    const sent = [...action.inputs, ...decidingInputs(inputs, action.inputs)];
    const history = this.conversation?.history;
    return {
      ...pick(this.values.value, sent),
      ...handed(this.runner.shown.value, action.inputs, inputs),
      ...(history === undefined ? {} : { history }),
    };
  }

  private async send(action: Action, values: Values, options: StartOptions): Promise<boolean> {
    const { isQuiet } = options;
    for (const name of action.stops) this.stop(name);
    this.mistakes.update((mistakes) => action.inputs.reduce(without, mistakes));
    // What starts by itself takes the place of the run in the address, and starts by itself again elsewhere.
    if (isQuiet) this.pageAddress.writeRun(action.name, null);
    const inputs = { ...this.inputsFor(action), ...values };
    try {
      await this.runner.start(action, inputs, { ...options, properties: this.properties.runs });
      return true;
    } catch (reason) {
      this.refuse(action, reason, isQuiet);
      return false;
    }
  }

  private refuse(action: Action, reason: unknown, isQuiet: boolean): void {
    this.log.add("error", words.log.notStarted(action.name, reasonText(reason)));
    const found = reason instanceof Refusal ? reason.problem.diagnostics : [];
    const { inputs, editors } = this.demo.value;
    const fields = [...inputs, ...editors];
    const known = found.filter(({ input }) => fields.some(({ name }) => name === input));
    // What is shown at an input is not repeated at the output.
    if (known.length > 0 && known.length === found.length) this.runner.forget(action.name);
    if (known.length > 0) this.mistakes.set(mistakesOf(known, isQuiet));
    else if (!isQuiet)
      this.announcement.set(words.run.announcement.refused(action.button, reasonText(reason)));
  }

  /** Start an action after the run that it follows, with what that has left. */
  private async goOn(action: Action, { run, isQuiet }: TrackedRun): Promise<void> {
    const found = this.mistakesFor(action);
    if (found.length > 0) this.mistakes.set(mistakesOf(found, isQuiet));
    else if (run !== null) await this.send(action, {}, { isQuiet, follows: run });
  }

  /** The same after a reload, when an earlier page may have done it: what that has started is shown. */
  private async resumeChain(action: Action, { run }: TrackedRun): Promise<void> {
    if (run === null || this.mistakesFor(action).length > 0) return;
    const properties = this.properties.runs;
    const request = { action: action.name, inputs: this.inputsFor(action), follows: run, properties };
    try {
      const started = await this.api.start(this.demo.value.address, request);
      if (!started.isNew && this.runner.trackedRun(action.name) !== undefined) return;
      this.pageAddress.writeRun(action.name, started.run);
      this.runner.attach(action, started.run, { startedAt: null, recordedAt: started.recordedAt, seq: 0 });
    } catch (reason) {
      // Somebody else's run, which goes on at their page.
      this.log.add("note", words.log.notStarted(action.name, reasonText(reason)));
    }
  }

  /** What a run says about inputs is shown at them, and not repeated at the output. */
  private showAtInputs({ action, state, isQuiet }: TrackedRun): void {
    const found = refusedInputs(state, this.demo.value.inputs);
    if (found.length === 0) return;
    this.mistakes.set(mistakesOf(found, isQuiet));
    if (this.conversation === null) this.runner.forget(action);
  }

  private afterEnd(tracked: TrackedRun): void {
    this.conversation?.keep();
    this.showAtInputs(tracked);
    const { actions } = this.demo.value;
    for (const action of followers(actions, tracked))
      if (tracked.isResumed) void this.resumeChain(action, tracked);
      else void this.goOn(action, tracked);
    if (!tracked.isQuiet) this.announcement.set(`${describeEnd(tracked)} ${this.answerOf(tracked)}`.trim());
  }

  /** What a run has answered, to be read out with its end: the words themselves were not, as they came. */
  private answerOf({ action }: TrackedRun): string {
    const { conversation } = this;
    return conversation?.action?.name === action ? conversation.answer : "";
  }
}
