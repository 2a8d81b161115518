/** What a message contains: text, what other kinds show, or several of these. */
import { html, type TemplateResult } from "lit";
import { isList, isMapping, writeJson, type Json, type JsonMapping } from "../../contract/json.ts";
import { chatWords } from "../chat-words.ts";
import { icon } from "../icon.ts";
import "../prose.ts";
import { kindOfPart, type PartKind } from "./chat-part.ts";

export interface ContentDrawing {
  readonly content: Json;
  readonly isMine: boolean;
  readonly run: string | null;
  readonly isGrowing: boolean;
}

export function drawContent({ content, isMine, run, isGrowing }: ContentDrawing): TemplateResult {
  if (content === "" && isGrowing)
    return html`<span class="dots" aria-label=${chatWords().thinking}><i></i><i></i><i></i></span>`;
  const parts = isList(content) ? content : [content];
  const last = parts.length - 1;
  return html`${parts.map((part, at) => drawPart(part, isMine, run, isGrowing && at === last))}`;
}

/** The texts of a message, as they are copied and changed. */
export function textOf(content: Json): string {
  const parts = isList(content) ? content : [content];
  return parts.filter((part) => typeof part === "string").join("\n\n");
}

function drawPart(part: Json, isMine: boolean, run: string | null, isGrowing: boolean): TemplateResult {
  if (typeof part === "string") {
    if (isMine) return html`<div class="said" dir="auto">${part}</div>`;
    return html`<gs-prose .text=${part} .streaming=${isGrowing}></gs-prose>`;
  }
  const kind = kindOfPart(part);
  if (kind !== null && isMapping(part)) return drawShown(part, kind, run);
  if (isMapping(part) && typeof part.file === "string") return drawSending(part.name ?? null);
  return html`<code>${writeJson(part)}</code>`;
}

/** What another kind shows; a file of an earlier turn is in the run that showed it. */
function drawShown(part: JsonMapping, kind: PartKind, present: string | null): TemplateResult {
  const run = typeof part.run === "string" ? part.run : present;
  if (run === null && "blob" in part) return html`<span class="gone">${chatWords().fileGone}</span>`;
  const name = typeof part.name === "string" ? part.name : chatWords().parts[kind];
  return html`<gs-chat-part .value=${part} .run=${run} .name=${name}></gs-chat-part>`;
}

/** A file of a question that the server has not shown yet. */
function drawSending(name: Json): TemplateResult {
  return html`<span class="chat-file"
    >${icon("page")}<span class="file-name" dir="auto">${typeof name === "string" ? name : ""}</span></span
  >`;
}
