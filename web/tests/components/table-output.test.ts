// @vitest-environment jsdom
import { expect, test } from "vitest";
import { toCsv } from "../../src/components/outputs/table-output.ts";

test("a table is copied as CSV with quotes only where they are needed", () => {
  const value = {
    columns: ["a", "b,c"],
    rows: [
      [1, 'say "hi"'],
      [null, "two\nlines"],
      [true, [1]],
    ],
  };
  expect(toCsv(value)).toBe('a,"b,c"\r\n1,"say ""hi"""\r\n,"two\nlines"\r\ntrue,[1]');
});
