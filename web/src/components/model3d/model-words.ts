/** The words about 3D models: English ones are loaded with what shows models, others with their language. */
import { words } from "../../words.ts";
import { englishModels, type ModelWords } from "../../words/models/en.ts";

export function modelWords(): ModelWords {
  return words.models ?? englishModels;
}
