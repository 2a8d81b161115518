import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const germanPictures: Words["pictures"] = {
  invitation: "Bild hierher ziehen, einfügen oder zum Auswählen klicken",
  chosen: "Ein Bild ist ausgewählt.",
  remove: (label) => `Bild von ${label} entfernen`,
  otherKind: (file) => `${file} ist kein Bild.`,
  refused: (file) => `${file} ist kein Bild, das hier angenommen wird.`,
  dropped: "Bild hierher ziehen oder zum Auswählen klicken",
  pasted: "Hierher klicken, dann ein Bild einfügen",
  useCamera: "Kamera verwenden",
  useScreen: "Bildschirm aufnehmen",
  draw: "Bild zeichnen",
  done: "Fertig",
};

export const germanSketch: SketchWords = {
  canvas: (label) => `Zeichenfläche von ${label}`,
  keys: "Pfeiltasten bewegen den Stift, mit der Umschalttaste in kleinen Schritten. Die Leertaste setzt ihn auf und hebt ihn ab.",
  down: "Stift aufgesetzt",
  up: "Stift abgehoben",
  tools: "Werkzeuge",
  pen: "Stift",
  eraser: "Radierer",
  width: "Strichstärke",
  color: "Farbe des Stifts",
  undo: "Rückgängig",
  redo: "Wiederholen",
  clear: "Alles löschen",
  size: "Größe der Zeichnung",
  mask: (label) => `Maske auf ${label}`,
  noMask:
    "Dieser Browser kann das Bild nicht anzeigen, daher kann keine Maske gemalt werden. Es wird ohne Maske gesendet.",
};
