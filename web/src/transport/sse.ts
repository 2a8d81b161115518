/** Splits the text of a server-sent event stream into events; chunks may end anywhere. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  readonly id: string;
}

export class EventStreamParser {
  private rest = "";
  private type = "";
  private data: string[] = [];
  private id = "";

  feed(chunk: string): readonly ServerEvent[] {
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line !== "") this.readField(line);
      else if (this.data.length > 0) events.push(this.completeEvent());
      else this.type = "";
    }
    return events;
  }

  private readField(line: string): void {
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.type = value;
    else if (name === "data") this.data.push(value);
    else if (name === "id") this.id = value;
  }

  private completeEvent(): ServerEvent {
    const event = { type: this.type || "message", data: this.data.join("\n"), id: this.id };
    this.type = "";
    this.data = [];
    return event;
  }
}
