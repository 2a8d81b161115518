import type { ModelWords } from "./en.ts";

export const germanModels: ModelWords = {
  invitation: "3D-Modell hierher ziehen oder klicken, um eines zu wählen",
  chosen: "Ein 3D-Modell ist gewählt.",
  refused: (file) => `${file} ist kein 3D-Modell, das hier angenommen wird.`,
  loading: "Das 3D-Modell wird geladen …",
  view: (label) => `${label}, ein 3D-Modell`,
  triangles: (amount) => `Dreiecke: ${amount}`,
  points: (amount) => `Punkte: ${amount}`,
  outside: (amount) => `Dateien, auf die es verweist und die nicht geladen werden: ${amount}`,
  keys: "Ziehen dreht es, mit der rechten Taste oder zwei Fingern verschiebt man es. Pfeiltasten drehen, mit der Umschalttaste verschieben sie; Plus und Minus zoomen, 0 setzt die Ansicht zurück.",
  zoomIn: "Vergrößern",
  zoomOut: "Verkleinern",
  reset: "Ansicht zurücksetzen",
  trouble: {
    noWebgl: "Dieser Browser kann hier nicht in 3D zeichnen: WebGL fehlt oder ist abgeschaltet.",
    damaged: "Die Datei ist beschädigt oder kein 3D-Modell, das gezeigt werden kann.",
    compressed: "Die Datei ist auf eine Weise komprimiert, die hier nicht gezeigt werden kann.",
    outside: "Die Formen stehen in einer anderen Datei, die nicht geladen wird.",
    nothing: "In der Datei ist keine Form.",
    notLoaded: "Das 3D-Modell konnte nicht geladen werden.",
    lost: "Der Browser zeichnet nicht mehr in 3D. Nach dem Neuladen der Seite ist es wieder zu sehen.",
  },
};
