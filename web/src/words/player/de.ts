import type { PlayerWords } from "./en.ts";

export const germanPlayer: PlayerWords = {
  play: "Abspielen",
  pause: "Pause",
  soundOn: "Ton an",
  soundOff: "Ton aus",
  live: "Live",
  fromStart: "Von Anfang an",
  position: (label) => `Stelle in ${label}`,
  downloadIt: "Herunterladen",
  connectionLost: "Die Verbindung ist unterbrochen, neuer Versuch …",
  stalls: {
    more: "Wartet auf mehr: Die Demo hat den nächsten Teil noch nicht gesendet.",
    loading: "Der nächste Teil ist unterwegs …",
    late: "Die Wiedergabe hat nicht begonnen: Der Anfang ist nicht angekommen, oder dieser Browser öffnet ihn nicht.",
    stuck: "Es ist da, aber dieser Browser spielt es nicht weiter ab.",
  },
  noFullScreen: "Dieser Browser zeigt es nicht als Vollbild.",
  momentOf: (position, end) => `${position} von ${end}`,
  unplayable: "Dieser Browser konnte es nicht abspielen.",
  unplayableType: (mime) => `Dieser Browser spielt ${mime} nicht ab.`,
  noDevice: "Es gibt kein Gerät für die Tonausgabe. Schließen Sie eines an und starten Sie neu.",
  failed: "Beim Abspielen ist etwas schiefgegangen.",
  undecodable: "Dieser Browser konnte einen Teil des Streams nicht decodieren.",
  streamGone: "Der Server hat diesen Stream nicht mehr.",
  restGone: "Der Server hat den Rest dieses Streams nicht mehr.",
};
