/**
 * Shares each frame among all that draw: texts, conversations, tables, code.
 *
 * Work is done in small steps. All steps of a frame together may take so much time and read so many characters, which
 * the browser has to lay out afterwards. What was added last goes first: the end of a conversation is what is read.
 */

export interface Work {
  /** Do a small part; returns how many characters it has drawn, 0 when nothing is left. */
  step(): number;
}

const BUDGET_MS = 8;
const BUDGET_CHARACTERS = 20_000;

/** Drawn characters that no more work is done after, for a step whose cost is not in its characters. */
export const WHOLE_FRAME = BUDGET_CHARACTERS;

class FrameWork {
  private readonly waiting = new Set<Work>();
  private hasFrame = false;
  private characters = 0;
  private spent_ms = 0;

  /** Do the work in this frame as far as its budget allows, and the rest in the next ones. */
  add(work: Work): void {
    this.waiting.delete(work);
    this.waiting.add(work);
    this.run();
  }

  remove(work: Work): void {
    this.waiting.delete(work);
  }

  private run(): void {
    const start = performance.now();
    const left_ms = BUDGET_MS - this.spent_ms;
    let last = [...this.waiting].at(-1);
    while (last !== undefined && this.characters < BUDGET_CHARACTERS && performance.now() - start < left_ms) {
      const drawn = last.step();
      this.characters += drawn;
      if (drawn > 0) continue;
      this.waiting.delete(last);
      last = [...this.waiting].at(-1);
    }
    this.spent_ms += performance.now() - start;
    this.renew();
  }

  /** The next frame has a budget of its own. */
  private renew(): void {
    if (this.hasFrame) return;
    this.hasFrame = true;
    requestAnimationFrame(() => {
      this.hasFrame = false;
      this.characters = 0;
      this.spent_ms = 0;
      if (this.waiting.size > 0) this.run();
    });
  }
}

/** The one of this page, because a page has one main thread. */
export const frameWork = new FrameWork();
