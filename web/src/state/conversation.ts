/** The conversation of a chat demo: the page keeps it, shows it and sends it with each question. */
import type { Action, Chat, Demo } from "../contract/demo.ts";
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

  /** Send what is written in the composer. */
  async say(): Promise<void> {
    const question = member(this.host.values.value, this.chat.message ?? "");
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
    for (const action of this.filling) this.host.forget(action);
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
    if (this.answering === null) return;
    const { message, action } = this.answering;
    const before = this.messages;
    this.show(withQuestion(history, question));
    if (this.host.values.value[message] === question) this.host.change(message, "");
    const isTaken = await this.host.start(action, { [message]: question, history });
    if (isTaken) return;
    this.show(before);
    if (this.host.values.value[message] === "") this.host.restore(message, question);
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
