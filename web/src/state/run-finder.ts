/** Asks the server what a run in the address is, until it says so. */
import { mayPass, type Api } from "../client/api.ts";
import { backoffMs } from "../transport/backoff.ts";

export interface FoundRun {
  /** Null for a run of another demo. */
  readonly action: string | null;
  /** When its generator was called, in milliseconds since 1970; null when it was not yet. */
  readonly startedAt: number | null;
  /** When what it replays was recorded, in ISO 8601; null for a run that runs. */
  readonly recordedAt: string | null;
  /** The number of its last event. */
  readonly seq: number;
}

export class RunFinder {
  constructor(
    private readonly api: Api,
    private readonly demo: string,
  ) {}

  /** Null for a run that the server does not have. */
  async find(run: string): Promise<FoundRun | null> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { demo, action, started_at, recorded_at: recordedAt, seq } = await this.api.run(run);
        const startedAt = started_at === null ? null : Date.parse(started_at);
        return { action: demo === this.demo ? action : null, startedAt, recordedAt, seq };
      } catch (reason) {
        if (!mayPass(reason)) return null;
        await new Promise((resume) => setTimeout(resume, backoffMs(attempt, Math.random)));
      }
    }
  }
}
