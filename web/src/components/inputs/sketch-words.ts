/** The words about drawing: English ones are loaded with what says them, others with their language. */
import { words } from "../../words.ts";
import { englishSketch, type SketchWords } from "../../words/sketch/en.ts";

export function sketchWords(): SketchWords {
  return words.sketch ?? englishSketch;
}
