/** The conversation of a chat demo: the page keeps it, shows it and sends it with each question. */
import type { Action, Chat } from "../contract/demo.ts";
import { member, type JsonList } from "../contract/json.ts";
import {
  asConversation,
  beforeLastQuestion,
  keepConversation,
  keptConversation,
  withQuestion,
} from "./chat.ts";
import type { Runner } from "./runner.ts";
import type { Readable } from "./store.ts";
import type { Values } from "./values.ts";

/** What a conversation needs of the demo that it belongs to. */
export interface ConversationHost {
  readonly address: string;
  readonly runner: Runner;
  readonly values: Readable<Values>;
  readonly change: (name: string, value: string) => void;
  /** Set a value and keep the messages about it. */
  readonly restore: (name: string, value: string) => void;
  /** Run the action with these values and those of the inputs; false when the server refused. */
  readonly start: (action: Action, values: Values) => Promise<boolean>;
  readonly forget: (action: Action) => void;
}

export class Conversation {
  constructor(
    private readonly host: ConversationHost,
    private readonly chat: Chat,
    readonly action: Action,
  ) {}

  get messages(): JsonList {
    return asConversation(member(this.host.runner.shown.value.values, this.chat.output)?.value);
  }

  get isActive(): boolean {
    return this.host.runner.isActive(this.action.name);
  }

  get isStopping(): boolean {
    return this.host.runner.trackedRun(this.action.name)?.isStopping === true;
  }

  stop(): void {
    void this.host.runner.stop(this.action.name);
  }

  /** Send what is written in the composer. */
  async say(): Promise<void> {
    const question = member(this.host.values.value, this.chat.message);
    if (this.isActive || typeof question !== "string" || question.trim() === "") return;
    await this.ask(this.messages, question);
  }

  /** Ask the last question again, without its answer in the history. */
  async askAgain(): Promise<void> {
    const last = beforeLastQuestion(this.messages);
    if (this.isActive || last === null) return;
    await this.ask(last.earlier, last.question);
  }

  clear(): void {
    this.stop();
    this.host.forget(this.action);
    this.show([]);
    this.keep();
  }

  /** Show the conversation that this tab kept over a reload. */
  recall(): void {
    this.show(keptConversation(this.host.address));
  }

  keep(): void {
    keepConversation(this.host.address, this.messages);
  }

  show(messages: JsonList): void {
    this.host.runner.setValue(this.chat.output, messages);
  }

  /** Show the question at once; put it back into the composer if the server refuses it. */
  private async ask(history: JsonList, question: string): Promise<void> {
    const { message } = this.chat;
    const before = this.messages;
    this.show(withQuestion(history, question));
    if (this.host.values.value[message] === question) this.host.change(message, "");
    const isTaken = await this.host.start(this.action, { [message]: question, history });
    if (isTaken) return;
    this.show(before);
    if (this.host.values.value[message] === "") this.host.restore(message, question);
  }
}

/** The action that answers; null if the demo has none. */
export function answeringAction(chat: Chat, actions: readonly Action[]): Action | null {
  return actions.find(({ outputs }) => outputs.includes(chat.output)) ?? actions[0] ?? null;
}
