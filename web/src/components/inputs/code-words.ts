/** The words about code and JSON: English ones are loaded with their fields, others with their language. */
import { words } from "../../words.ts";
import { englishCodeFields, type CodeFieldsWords } from "../../words/code-fields/en.ts";

export function codeFieldsWords(): CodeFieldsWords {
  return words.codeFields ?? englishCodeFields;
}
