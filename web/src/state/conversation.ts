/** The conversation of a chat demo: the page keeps it, shows it and sends it with each question. */
import type { Action, Chat, Demo } from "../contract/demo.ts";
import { asText, isMapping, member, sameJson, type Json, type JsonList } from "../contract/json.ts";
import {
  asConversation,
  beforeLastQuestion,
  emptied,
  isBlank,
  keepConversation,
  keptConversation,
  questionOf,
  withQuestion,
  withRuns,
  type Question,
} from "./chat.ts";
import type { Runner } from "./runner.ts";
import type { Readable } from "./store.ts";
import type { Values } from "./values.ts";

/** What a conversation needs of the demo that it belongs to. */
export interface ConversationHost {
  readonly address: string;
  readonly runner: Runner;
  readonly values: Readable<Values>;
  readonly change: (name: string, value: Json) => void;
  /** Set a value and keep the messages about it. */
  readonly restore: (name: string, value: Json) => void;
  /** Run the action with these values and those of the inputs; false when the server refused. */
  readonly start: (action: Action, values: Values) => Promise<boolean>;
  readonly forget: (action: Action) => void;
  /** The demo's actions. */
  readonly actions: readonly Action[];
  /** Run the action quietly when its run before has ended. */
  readonly inTurn: (action: Action, values: Values) => void;
  /** Resolves when no file is being uploaded. */
  readonly finish: (action: Action) => Promise<void>;
}

/** Where messages are written, and what answers them. */
interface Answering {
  readonly message: string;
  readonly action: Action;
}

export class Conversation {
  constructor(
    private readonly host: ConversationHost,
    private readonly chat: Chat,
    /** The actions that fill the conversation. */
    private readonly filling: readonly Action[],
  ) {}

  /** The action that answers messages; null where nobody writes. */
  get action(): Action | null {
    return this.answering?.action ?? null;
  }

  /** The words on the button that sends; null for a sign. */
  get button(): string | null {
    return this.chat.button;
  }

  private get answering(): Answering | null {
    const { message, action: name } = this.chat;
    const action = this.filling.find((each) => each.name === name);
    return message === null || action === undefined ? null : { message, action };
  }

  get messages(): JsonList {
    return asConversation(member(this.host.runner.shown.value.values, this.chat.output)?.value);
  }

  get isActive(): boolean {
    return this.filling.some(({ name }) => this.host.runner.isActive(name));
  }

  get isStopping(): boolean {
    return this.filling.some(({ name }) => this.host.runner.trackedRun(name)?.isStopping === true);
  }

  stop(): void {
    for (const { name } of this.filling) void this.host.runner.stop(name);
  }

  /** The messages with the run of each file, as a run is given them. */
  get history(): JsonList {
    return withRuns(
      this.messages,
      member(this.host.runner.shown.value.values, this.chat.output)?.run ?? null,
    );
  }

  /** The text of the answer that stands last; "" behind a question. */
  get answer(): string {
    const last = this.messages.at(-1);
    return isMapping(last) && last.role !== "user" ? asText(questionOf(last.content ?? "", "")) : "";
  }

  /** Whether there is nothing to send. */
  get isBlank(): boolean {
    return isBlank(this.written);
  }

  /** Send what is written in the composer, when its files are uploaded; what is being recorded is one of them. */
  async say(): Promise<void> {
    if (this.answering !== null) await this.host.finish(this.answering.action);
    if (this.isActive || this.isBlank) return;
    await this.ask(this.history, this.written);
  }

  /** Send a suggestion. What is written in the composer stays. */
  async sayThis(words: string): Promise<void> {
    if (this.isActive) return;
    await this.ask(this.history, questionOf(words, this.written));
  }

  /** Ask the last question again, without its answer in the history. */
  async askAgain(): Promise<void> {
    const last = beforeLastQuestion(this.history, this.written);
    if (this.isActive || last === null) return;
    await this.ask(last.earlier, last.question);
  }

  /** Take the last question and its answer back, and write it into the composer if that is empty. */
  takeBack(): void {
    const last = beforeLastQuestion(this.history, this.written);
    const { answering } = this;
    if (this.isActive || last === null || answering === null) return;
    for (const action of this.filling) this.host.forget(action);
    this.show(last.earlier);
    this.keep();
    if (this.isBlank) this.host.change(answering.message, last.question);
  }

  /** Ask a question with other words, in place of the one that is this message, and of all that followed. */
  async change(index: number, words: string): Promise<void> {
    const message = this.history[index];
    if (this.isActive || !isMapping(message)) return;
    const before = questionOf(message.content ?? "", this.written);
    const question = isMapping(before) ? { ...before, text: words } : words;
    if (!isBlank(question)) await this.ask(this.history.slice(0, index), question);
  }

  private get written(): Question {
    return member(this.host.values.value, this.chat.message ?? "") ?? "";
  }

  /** Tell the demo's function what the visitor thinks of a message, each opinion after the one before it. */
  like(index: number, liked: boolean | null): void {
    const action = this.host.actions.find(({ name }) => name === this.chat.like);
    if (action !== undefined) this.host.inTurn(action, { index, liked, history: this.history });
  }

  clear(): void {
    this.stop();
    for (const action of this.filling) this.host.forget(action);
    this.show([]);
    this.keep();
  }

  /** Show the conversation that this tab kept over a reload. */
  recall(): void {
    this.show(keptConversation(this.host.address));
  }

  keep(): void {
    keepConversation(this.host.address, this.history);
  }

  show(messages: JsonList): void {
    this.host.runner.setValue(this.chat.output, messages);
  }

  /** Show the question at once; put it back into the composer if the server refuses it. */
  private async ask(history: JsonList, question: Question): Promise<void> {
    if (this.answering === null) return;
    const { message, action } = this.answering;
    const before = this.history;
    const isWritten = sameJson(this.written, question);
    this.show(withQuestion(history, question));
    if (isWritten) this.host.change(message, emptied(question));
    const isTaken = await this.host.start(action, { [message]: question, history });
    if (isTaken) return;
    this.show(before);
    if (isWritten && this.isBlank) this.host.restore(message, question);
  }
}

/** A demo's conversation; null when it does not have one. */
export function conversationOf(
  { chat, actions }: Pick<Demo, "chat" | "actions">,
  host: ConversationHost,
): Conversation | null {
  if (chat === null) return null;
  return new Conversation(
    host,
    chat,
    actions.filter(({ outputs }) => outputs.includes(chat.output)),
  );
}
