/** Colours by which labels are told apart; further labels begin again with the first. */
const TONES = 8;

/** The class of the colour that a label has among all labels. */
export function toneOf(label: string, labels: readonly string[]): string {
  return `tone-${(labels.indexOf(label) % TONES) + 1}`;
}
