/** What Tab does to a text: spaces up to the next stop, or a step in front of each selected line. */
export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function indented({ text, start, end }: Selected, spaces: number): Selected {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  if (!text.slice(start, end).includes("\n")) {
    const step = " ".repeat(spaces - ((start - lineStart) % spaces));
    return {
      text: text.slice(0, start) + step + text.slice(end),
      start: start + step.length,
      end: start + step.length,
    };
  }
  const step = " ".repeat(spaces);
  const lines = text.slice(lineStart, end).split("\n");
  // A selection that ends before a line's first character does not have that line.
  const moved = lines.map((line, index) =>
    line === "" || (index === lines.length - 1 && line === "") ? line : step + line,
  );
  const added = moved.join("\n");
  return {
    text: text.slice(0, lineStart) + added + text.slice(end),
    start: start === lineStart ? start : start + spaces,
    end: lineStart + added.length,
  };
}
