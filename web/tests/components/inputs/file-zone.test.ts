// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/contract/json.ts";
import { drawn, seen, settled, use, type Drawn } from "../drawn.ts";
import { anInput, FieldPage } from "./fields.ts";

const KINDS = ["audio", "image", "video"];

interface Field extends Drawn {
  readonly page: FieldPage;
  /** Draw the field with what was changed last, as the page does. */
  readonly follow: () => Promise<void>;
  readonly pick: (name: string, type: string) => Promise<void>;
}

async function aField(type: string, keys: Readonly<Record<string, Json>> = {}): Promise<Field> {
  const page = new FieldPage();
  const input = anInput(type, keys);
  const made = await drawn(page.draw(input, null));
  const follow = (): Promise<void> => made.again(page.draw(input, page.changes.at(-1) ?? null));
  const pick = async (name: string, mime: string): Promise<void> => {
    use(made.root, name, mime);
    await Promise.all(page.waits);
    await settled(made.root);
  };
  return { ...made, page, follow, pick };
}

function alert({ root }: Field): string {
  return root.querySelector("[role=alert]")?.textContent ?? "";
}

describe.each(KINDS)("a file for %s", (kind) => {
  test("is refused before it is sent when the demo does not accept its type or suffix", async () => {
    const field = await aField(kind, { accept: [".one", `${kind}/two`] });
    await field.pick("a.three", `${kind}/three`);
    expect(alert(field)).toMatch(/^a\.three is n.* that is taken here\.$/);
    expect([field.page.sent, field.page.changes]).toEqual([[], []]);
  });

  test("is sent when the demo accepts its suffix or its type", async () => {
    for (const [name, type] of [
      ["A.ONE", "application/octet-stream"],
      ["a.bin", `${kind}/two`],
    ] as const) {
      const field = await aField(kind, { accept: [".one", `${kind}/two`] });
      await field.pick(name, type);
      expect(alert(field)).toBe("");
      expect(field.page.changes).toEqual([{ file: "id" }]);
    }
  });

  test("is refused when it is larger than the demo accepts", async () => {
    const field = await aField(kind, { max_size: 3 });
    await field.pick("a.bin", `${kind}/any`);
    expect(alert(field)).toBe("a.bin has 7 bytes; at most 3 bytes are taken.");
    expect(field.page.sent).toEqual([]);
  });

  test("that cannot be sent is gone, and the field says why", async () => {
    const field = await aField(kind);
    field.page.answer = Promise.reject(new Error("No room."));
    await field.pick("a.bin", `${kind}/any`);
    expect(alert(field)).toBe("a.bin could not be sent. No room.");
    expect(field.page.changes).toEqual([]);
  });

  test("stays in sight after it was sent, and goes when an example empties the field", async () => {
    const field = await aField(kind);
    await field.pick("a.bin", `${kind}/any`);
    await field.follow();
    expect(field.root.querySelector("[src='blob:file']")).not.toBeNull();
    field.page.changes.push(null);
    await field.follow();
    expect(field.root.querySelector("[src='blob:file']")).toBeNull();
  });

  test("that is removed while it is being sent is not sent any further, and changes nothing", async () => {
    const field = await aField(kind);
    let arrive: (id: string) => void = () => undefined;
    field.page.answer = new Promise((resolve) => {
      arrive = resolve;
    });
    use(field.root, "a.bin", `${kind}/any`);
    await settled(field.root);
    expect(field.root.querySelector("progress")?.getAttribute("aria-label")).toBe("Uploading a.bin");
    field.root.querySelector<HTMLElement>("button[title=Remove]")?.click();
    arrive("late");
    await Promise.all(field.page.waits);
    expect(field.page.signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(field.page.changes).toEqual([null]);
  });
});

test("a sound may come in a video's file", async () => {
  const field = await aField("audio");
  await field.pick("a.mp4", "video/mp4");
  expect(field.page.changes).toEqual([{ file: "id" }]);
});

test("without limits of the demo, what is no picture is called so", async () => {
  const field = await aField("image");
  await field.pick("a.txt", "text/plain");
  expect(alert(field)).toBe("a.txt is not a picture.");
});

test("a recording is chosen from files only where the demo says so", async () => {
  const field = await aField("audio", { sources: ["microphone"] });
  expect(field.root.querySelector("input[type=file]")).toBeNull();
  expect(seen(field.root)).not.toContain("Drop");
});
