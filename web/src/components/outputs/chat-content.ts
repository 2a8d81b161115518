/** What a message contains: text, pictures, sound, video, files to save, or several of these. */
import { html, nothing, type TemplateResult } from "lit";
import { blobPath } from "../../client/address.ts";
import { nullable, number, record, text, whereFitting } from "../../contract/decode.ts";
import { isList, isMapping, writeJson, type Json } from "../../contract/json.ts";
import { readValue } from "../../contract/value.ts";
import { words } from "../../words.ts";
import { icon } from "../icon.ts";
import "../prose.ts";

interface ChatFile {
  readonly blob: string;
  readonly mime: string;
  readonly name: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** The earlier run that has it; null for the present one. */
  readonly run: string | null;
}

const chatFile = whereFitting(
  record<ChatFile>({
    blob: text,
    mime: text,
    name: nullable(text),
    width: nullable(number),
    height: nullable(number),
    run: nullable(text),
  }),
);

export interface ContentDrawing {
  readonly content: Json;
  readonly isMine: boolean;
  readonly run: string | null;
  readonly isGrowing: boolean;
}

export function drawContent({ content, isMine, run, isGrowing }: ContentDrawing): TemplateResult {
  if (content === "" && isGrowing)
    return html`<span class="dots" aria-label=${words.chat.thinking}><i></i><i></i><i></i></span>`;
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
  const file = readValue(chatFile, part);
  if (file !== null) return drawFile(file, file.run ?? run);
  if (isMapping(part) && typeof part.file === "string") return drawSending(part.name ?? null);
  return html`<code>${writeJson(part)}</code>`;
}

function drawFile(file: ChatFile, run: string | null): TemplateResult {
  if (run === null) return html`<span class="gone">${words.chat.pictureGone}</span>`;
  const address = blobPath(run, file.blob);
  const [medium] = file.mime.split("/");
  const label = file.name ?? nothing;
  if (medium === "image")
    return html`<img
      src=${address}
      alt=${file.name ?? words.chat.picture}
      width=${file.width ?? nothing}
      height=${file.height ?? nothing}
    />`;
  if (medium === "audio")
    return html`<audio controls preload="metadata" src=${address} aria-label=${label}></audio>`;
  if (medium === "video")
    return html`<video controls preload="metadata" src=${address} aria-label=${label}></video>`;
  const name = file.name ?? file.blob;
  return html`<a class="chat-file" href=${address} download=${name}
    >${icon("page")}<span class="file-name" dir="auto">${name}</span></a
  >`;
}

/** A file of a question that the server has not shown yet. */
function drawSending(name: Json): TemplateResult {
  return html`<span class="chat-file"
    >${icon("page")}<span class="file-name" dir="auto">${typeof name === "string" ? name : ""}</span></span
  >`;
}
