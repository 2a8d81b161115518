// @vitest-environment jsdom
/** What is sent with a question, and which actions belong to a conversation. */
import { expect, test } from "vitest";
import type { Action, Chat } from "../../src/contract/demo.ts";
import type { Json, JsonList } from "../../src/contract/json.ts";
import { conversationOf, type Conversation, type ConversationHost } from "../../src/state/conversation.ts";
import type { Runner } from "../../src/state/runner.ts";
import { NOTHING_SHOWN, setValue } from "../../src/state/shown-values.ts";
import { Store } from "../../src/state/store.ts";
import type { Values } from "../../src/state/values.ts";

const CHAT: Chat = { output: "chat", message: "prompt", action: "reply", button: null, like: null };
const EARLIER: JsonList = [
  { role: "user", content: "a" },
  { role: "assistant", content: "b" },
];

function action(name: string, outputs: readonly string[]): Action {
  return {
    name,
    button: name,
    inputs: [],
    outputs,
    live: null,
    every_ms: null,
    on_open: false,
    runs_on: {},
    has_button: true,
    then: { succeeded: [], failed: [], ended: [] },
    stops: [],
  };
}

const ACTIONS = [action("greet", ["chat"]), action("reply", ["chat"]), action("count", ["number"])];

/** A page whose server takes every question, or none. */
class Page {
  readonly started: { readonly action: string; readonly values: Values }[] = [];
  readonly forgotten: string[] = [];
  readonly values = new Store<Values>({ prompt: "c" });
  private readonly shown = new Store(NOTHING_SHOWN);
  private readonly host: ConversationHost;

  constructor(readonly takes: boolean) {
    const runner = {
      shown: this.shown,
      isActive: () => false,
      stop: () => Promise.resolve(),
      trackedRun: () => undefined,
      setValue: (output: string, value: Json) => {
        this.shown.update((now) => setValue(now, output, value));
      },
    };
    const write = (name: string, value: Json): void => {
      this.values.update((now) => ({ ...now, [name]: value }));
    };
    this.host = {
      address: "demo",
      runner: runner as unknown as Runner,
      values: this.values,
      change: write,
      restore: write,
      start: ({ name }, values) => {
        this.started.push({ action: name, values });
        return Promise.resolve(this.takes);
      },
      finish: () => Promise.resolve(),
      forget: ({ name }) => void this.forgotten.push(name),
      actions: ACTIONS,
      inTurn: ({ name }, values) => void this.started.push({ action: name, values }),
    };
  }

  open(chat: Chat | null): Conversation | null {
    return conversationOf({ actions: ACTIONS, chat }, this.host);
  }
}

function talk(page: Page, chat: Chat = CHAT): Conversation {
  const conversation = page.open(chat);
  if (conversation === null) throw new Error("the demo has a chat");
  conversation.show(EARLIER);
  return conversation;
}

test("a question goes to the action that answers, with what was said before", async () => {
  const page = new Page(true);
  const conversation = talk(page);
  await conversation.say();
  expect(page.started).toEqual([{ action: "reply", values: { prompt: "c", history: EARLIER } }]);
  expect(conversation.messages).toEqual([...EARLIER, { role: "user", content: "c" }]);
  expect(page.values.value.prompt).toBe("");
});

test("a question that is refused is written in the field again", async () => {
  const page = new Page(false);
  const conversation = talk(page);
  await conversation.say();
  expect(conversation.messages).toEqual(EARLIER);
  expect(page.values.value.prompt).toBe("c");
});

test("where nobody writes, nothing is asked, and clearing forgets all that fills the conversation", async () => {
  const page = new Page(true);
  const conversation = talk(page, { output: "chat", message: null, action: null, button: null, like: null });
  await conversation.say();
  await conversation.askAgain();
  expect(page.started).toEqual([]);
  conversation.clear();
  expect(page.forgotten).toEqual(["greet", "reply"]);
  expect(conversation.messages).toEqual([]);
});

test("a demo without a chat has no conversation", () => {
  expect(new Page(true).open(null)).toBeNull();
});

test("a suggestion is sent as it is, and what is being written stays", async () => {
  const page = new Page(true);
  await talk(page).sayThis("Why?");
  expect(page.started[0]?.values.prompt).toBe("Why?");
  expect(page.values.value.prompt).toBe("c");
});

test("a changed message is asked in its place, without what followed", async () => {
  const page = new Page(true);
  const conversation = talk(page);
  await conversation.change(0, "z");
  expect(page.started[0]?.values).toEqual({ prompt: "z", history: [] });
  expect(conversation.messages).toEqual([{ role: "user", content: "z" }]);
});

test("a question that is taken back can be written anew", () => {
  const page = new Page(true);
  page.values.set({ prompt: "" });
  const conversation = talk(page);
  conversation.takeBack();
  expect(conversation.messages).toEqual([]);
  expect(page.values.value.prompt).toBe("a");
});

test("files go with a message, and with the question that is asked again", async () => {
  const page = new Page(true);
  const files = [{ file: "u", name: "a.png" }];
  page.values.set({ prompt: { text: "", files } });
  const conversation = talk(page);
  await conversation.say();
  expect(conversation.messages.at(-1)).toEqual({ role: "user", content: files });
  expect(page.values.value.prompt).toEqual({ text: "", files: [] });
  conversation.show([{ role: "user", content: ["See", { blob: "d", mime: "image/png", run: "r" }] }]);
  await conversation.askAgain();
  expect(page.started[1]?.values.prompt).toEqual({ text: "See", files: [{ file: "r/d", name: "d" }] });
});
