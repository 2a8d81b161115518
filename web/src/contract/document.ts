import { record, text, type Decode } from "./decode.ts";

/** A page of the documentation: its path below `docs/`, and its Markdown. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

export const document: Decode<Document> = record<Document>({ path: text, text });
