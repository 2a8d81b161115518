/** The words about charts: English ones are loaded with what draws charts, others with their language. */
import { words } from "../../words.ts";
import { englishChart, type ChartWords } from "../../words/chart/en.ts";

export function chartWords(): ChartWords {
  return words.chart ?? englishChart;
}
