/** The server's commands and documents over HTTP. */
import { catalog, type Catalog } from "../contract/catalog.ts";
import type { Demo } from "../contract/demo.ts";
import { nullable, record, text, type Decode } from "../contract/decode.ts";
import type { Json } from "../contract/json.ts";
import { problem, type Problem } from "../contract/problem.ts";
import { absolute } from "./address.ts";

export interface RunRequest {
  readonly action: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly supersedes?: string;
}

/** The server said no, in words of its own. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly retryAfterS: number | null;

  constructor(found: Problem, retryAfterS: number | null) {
    super(found.detail ?? found.title);
    this.name = "Refusal";
    this.problem = found;
    this.retryAfterS = retryAfterS;
  }
}

const identified = record<{ run: string }>({ run: text });
const uploaded = record<{ file: string }>({ file: text });
const beginning = record<{ started_at: string | null }>({ started_at: nullable(momentText) });

/** A moment may arrive as text or as seconds since 1970. */
function momentText(value: unknown): string {
  return typeof value === "number" ? new Date(value * 1000).toISOString() : String(value);
}

export class Api {
  private readonly session: string;
  /** The codecs of sound that this browser plays as a stream, best first. */
  private readonly accept: readonly string[];
  private readonly demo: Decode<Demo>;

  constructor(session: string, accept: readonly string[], demo: Decode<Demo>) {
    this.session = session;
    this.accept = accept;
    this.demo = demo;
  }

  get headers(): Readonly<Record<string, string>> {
    return { "X-Gradstream-Session": this.session };
  }

  catalog(): Promise<Catalog> {
    return this.read("api/demos", catalog);
  }

  /** Read a demo and have its worker started, so that what its import says arrives by itself. */
  openDemo(address: string): Promise<Demo> {
    return this.read(`api/demos/${encodeURIComponent(address)}?open=1`, this.demo);
  }

  async start(address: string, request: RunRequest): Promise<string> {
    const response = await this.send(`api/demos/${encodeURIComponent(address)}/runs`, {
      method: "POST",
      headers: { ...this.headers, "Content-Type": "application/json" },
      body: JSON.stringify({ ...request, accept: this.accept }),
    });
    return identified(await response.json(), "run").run;
  }

  async stop(run: string): Promise<void> {
    await this.send(`api/runs/${encodeURIComponent(run)}`, { method: "DELETE", headers: this.headers });
  }

  /** When a run began, in milliseconds since 1970, where the server says it. */
  async startedAt(run: string): Promise<number | null> {
    const found = await this.read(`api/runs/${encodeURIComponent(run)}`, beginning);
    const moment = found.started_at === null ? NaN : Date.parse(found.started_at);
    return Number.isNaN(moment) ? null : moment;
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
        reject(new Error("The server could not be reached."));
      };
      request.onload = () => {
        settleUpload(request, resolve, reject);
      };
      signal.addEventListener("abort", () => {
        request.abort();
        reject(new Error("The upload was aborted."));
      });
      const form = new FormData();
      form.append("file", file);
      request.send(form);
    });
  }

  private async read<T>(path: string, decode: Decode<T>): Promise<T> {
    const response = await this.send(path, { headers: this.headers });
    return decode(await response.json(), path);
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(absolute(path), init);
    if (response.ok) return response;
    throw refusal(response.status, await response.text(), response.headers.get("Retry-After"));
  }
}

function settleUpload(
  request: XMLHttpRequest,
  resolve: (file: string) => void,
  reject: (reason: Error) => void,
): void {
  try {
    if (request.status >= 300) throw refusal(request.status, request.responseText, null);
    resolve(uploaded(JSON.parse(request.responseText), "upload").file);
  } catch (reason) {
    reject(reason instanceof Error ? reason : new Error(String(reason)));
  }
}

function refusal(status: number, body: string, retryAfter: string | null): Refusal {
  const seconds = Number(retryAfter ?? NaN);
  return new Refusal(readProblem(status, body), Number.isNaN(seconds) ? null : seconds);
}

function readProblem(status: number, body: string): Problem {
  try {
    return problem(JSON.parse(body), "problem");
  } catch {
    // Not a problem document: a proxy answered in place of the server.
    return { title: `The server answered ${status}`, status, detail: null, diagnostics: [] };
  }
}
