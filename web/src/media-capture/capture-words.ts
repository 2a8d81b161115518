/** The words about microphones and cameras: English ones are loaded with what says them, others with their language. */
import { words } from "../words.ts";
import { englishCapture, type CaptureWords } from "../words/capture/en.ts";

export function captureWords(): CaptureWords {
  return words.capture ?? englishCapture;
}
