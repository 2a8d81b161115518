import { vi } from "vitest";

const LIMIT_MS = 120_000;

/** Waits until a condition holds. Vitest's own limit, a second, could also mean that the machine is busy. */
export async function until(holds: () => boolean): Promise<void> {
  await vi.waitUntil(holds, { timeout: LIMIT_MS, interval: 10 });
}
