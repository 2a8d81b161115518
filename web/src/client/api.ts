/** The server's commands and documents over HTTP. */
import { catalog, type Catalog } from "../contract/catalog.ts";
import type { Demo, DemoFormat } from "../contract/demo.ts";
import type { Decode } from "../contract/decode.ts";
import { parseJson, writeJson, type Json } from "../contract/json.ts";
import type { PageEvent } from "../contract/page-event.ts";
import { problem, type Problem } from "../contract/problem.ts";
import { created, runFacts, uploaded, type RunFacts } from "../contract/run.ts";
import { words } from "../words.ts";
import { absolute } from "./address.ts";
import { newId } from "./session.ts";

export interface RunRequest {
  readonly action: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly supersedes?: string;
  /** Runs that have changed properties of inputs, by which values are checked; the latest last. */
  readonly properties?: readonly string[];
  /** What a visitor did that starts the run. */
  readonly event?: PageEvent;
  /** The run after which this one starts: it is started once, however often it is asked for. */
  readonly follows?: string;
  /** Whether a recording may stand for the run. */
  readonly replay?: boolean;
}

export interface Started {
  readonly run: string;
  /** Whether this request has started it. */
  readonly isNew: boolean;
  /** When what the run replays was recorded, in ISO 8601; null for a run that runs. */
  readonly recordedAt: string | null;
}

/** Which fix: by its number, the number of its finding, and the file's revision that both are of. */
export interface RepairChoice {
  readonly revision: string;
  readonly finding: number;
  readonly fix: number;
}

/** The server refused the request, for the reason in its problem document. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly status: number;

  constructor(status: number, found: Problem) {
    super(found.detail ?? found.title);
    this.name = "Refusal";
    this.status = status;
    this.problem = found;
  }
}

const CREATED = 201;
const UNAUTHORIZED = 401;
const BAD_GATEWAY = 502;
const GATEWAY_TIMEOUT = 504;

/** A request over a connection that died unnoticed is never answered. */
const READ_WITHIN_MS = 30_000;
/** After which pauses a request that starts a run is sent again. */
const START_AGAIN_MS: readonly number[] = [250, 500, 1000, 2000, 4000];
const START_WITHIN_MS = 30_000;
/** In characters: what any connection sends within that time. */
const SMALL_BODY = 100_000;
/** A server that does not answer within this time will not stop the run either. */
const STOP_WITHIN_MS = 10_000;

/** Whether a request may succeed when it is sent again: it did not arrive, or whoever answered was not able to. */
export function mayPass(reason: unknown): boolean {
  return !(reason instanceof Refusal) || reason.status >= 500;
}

/** Whether it is not known what became of a request: no answer came, or a proxy had none. */
function isUnanswered(reason: unknown): boolean {
  if (reason instanceof Refusal) return reason.status === BAD_GATEWAY || reason.status === GATEWAY_TIMEOUT;
  const name = reason instanceof Error ? reason.name : "";
  return reason instanceof TypeError || name === "TimeoutError";
}

export class Api {
  private readonly session: string;
  /** The audio codecs that this browser plays as a stream, best first. */
  private readonly accept: readonly string[];
  private readonly demo: DemoFormat;
  /** Called when the server wants to know who is there. */
  private readonly signedOut: () => void;

  constructor(
    session: string,
    accept: readonly string[],
    demo: DemoFormat,
    signedOut: () => void = () => undefined,
  ) {
    this.session = session;
    this.accept = accept;
    this.demo = demo;
    this.signedOut = signedOut;
  }

  get headers(): Readonly<Record<string, string>> {
    return { "X-Gradstream-Session": this.session };
  }

  catalog(): Promise<Catalog> {
    return this.read("api/demos", catalog);
  }

  /** Read a demo, and have its worker started, so that errors of its import are reported. */
  async openDemo(address: string): Promise<Demo> {
    const path = `api/demos/${encodeURIComponent(address)}?open=1`;
    const described = await this.readJson(path);
    await this.demo.load(described);
    return this.demo.decode(described, path);
  }

  /** Start a run. The request is sent again when its answer was lost; its key keeps that from starting another. */
  async start(address: string, request: RunRequest): Promise<Started> {
    const path = `api/demos/${encodeURIComponent(address)}/runs`;
    const body = writeJson({ ...request, accept: this.accept });
    const headers = { ...this.headers, "Content-Type": "application/json", "Idempotency-Key": newId() };
    for (let attempt = 0; ; attempt += 1) {
      // A large body may take its time.
      const signal = body.length > SMALL_BODY ? null : AbortSignal.timeout(START_WITHIN_MS);
      try {
        const response = await this.send(path, { method: "POST", headers, body, signal });
        const { run, recorded_at: recordedAt } = created(parseJson(await response.text()), "run");
        // One that was found again is most likely this page's own.
        return { run, isNew: response.status === CREATED || attempt > 0, recordedAt };
      } catch (reason) {
        if (!isUnanswered(reason)) throw reason;
        const pauseMs = START_AGAIN_MS[attempt];
        if (pauseMs === undefined) throw new Error(words.server.unanswered, { cause: reason });
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }

  /** Have one fix of a finding made in the demo's file. */
  async repair(address: string, choice: RepairChoice): Promise<void> {
    await this.send(`api/demos/${encodeURIComponent(address)}/repair`, {
      method: "POST",
      headers: { ...this.headers, "Content-Type": "application/json" },
      body: writeJson({ ...choice }),
    });
  }

  async stop(run: string): Promise<void> {
    const signal = AbortSignal.timeout(STOP_WITHIN_MS);
    await this.send(`api/runs/${encodeURIComponent(run)}`, {
      method: "DELETE",
      headers: this.headers,
      signal,
    });
  }

  /** Say that this page leaves runs. It arrives also when the page is being closed, and has no answer. */
  leave(reader: string, runs: readonly string[]): void {
    navigator.sendBeacon(absolute("api/leave"), writeJson({ reader, runs }));
  }

  run(run: string): Promise<RunFacts> {
    return this.read(`api/runs/${encodeURIComponent(run)}`, runFacts);
  }

  /**
   * Send a file; the answer is its id. Rejects when it is refused, or aborted.
   *
   * An XMLHttpRequest, because fetch does not report an upload's progress.
   */
  upload(file: File, progress: (fraction: number) => void, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", absolute("api/uploads"));
      for (const [name, value] of Object.entries(this.headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded, total }) => {
        progress(total === 0 ? 0 : loaded / total);
      };
      request.onerror = () => {
        reject(new Error(words.server.unreachable));
      };
      request.onload = () => {
        if (request.status === UNAUTHORIZED) this.signedOut();
        settleUpload(request, resolve, reject);
      };
      signal.addEventListener("abort", () => {
        request.abort();
        reject(new DOMException("The upload was aborted.", "AbortError"));
      });
      const form = new FormData();
      form.append("file", file);
      request.send(form);
    });
  }

  private async read<T>(path: string, decode: Decode<T>): Promise<T> {
    return decode(await this.readJson(path), path);
  }

  private async readJson(path: string): Promise<Json> {
    const signal = AbortSignal.timeout(READ_WITHIN_MS);
    const response = await this.send(path, { headers: this.headers, signal });
    return parseJson(await response.text());
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(absolute(path), init);
    if (response.ok) return response;
    if (response.status === UNAUTHORIZED) this.signedOut();
    throw refusal(response.status, await response.text());
  }
}

function settleUpload(
  request: XMLHttpRequest,
  resolve: (file: string) => void,
  reject: (reason: Error) => void,
): void {
  try {
    if (request.status >= 300) throw refusal(request.status, request.responseText);
    resolve(uploaded(parseJson(request.responseText), "upload").file);
  } catch (reason) {
    reject(reason instanceof Error ? reason : new Error(String(reason)));
  }
}

function refusal(status: number, body: string): Refusal {
  try {
    return new Refusal(status, problem(parseJson(body), "problem"));
  } catch {
    // Not a problem document: a proxy answered in place of the server.
    return new Refusal(status, { title: words.server.answered(status), detail: null, diagnostics: [] });
  }
}
