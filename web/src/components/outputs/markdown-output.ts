/** Markdown, growing by appending. */
import { html } from "lit";
import "../prose.ts";
import { warmMarkdown } from "../prose.ts";
import { inScrollBox } from "./scroll-box.ts";
import type { OutputKind } from "./types.ts";
import { copyWritten, describeWritten, writtenIn } from "./written.ts";

export const KIND: OutputKind = {
  type: "markdown",
  fields: {},
  draw: (drawing) =>
    inScrollBox(
      drawing,
      html`<gs-prose .text=${writtenIn(drawing.value)} .streaming=${drawing.isActive}></gs-prose>`,
    ),
  tools: copyWritten,
  describe: describeWritten,
  warm: warmMarkdown,
};
