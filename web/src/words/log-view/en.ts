/** Words about the Log tab, which come with what shows them. */
import { countingIn } from "../figures.ts";

const phrase = countingIn<"one" | "other">("en-GB");

function counted(amount: number, unit: string): string {
  return phrase(amount, { one: `# ${unit}`, other: `# ${unit}s` });
}

export const englishLogView = {
  nothingLogged: "Nothing was logged yet.",
  lines: (amount: number) => counted(amount, "line"),
  lastLines: (drawn: number, amount: number) => `The last ${drawn} of ${amount} lines; a copy has all`,
  cutLine: (characters: number) => ` … (${characters} more characters; a copy has all)`,
};

export type LogViewWords = typeof englishLogView;
