/** German. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { germanChat } from "./chat/de.ts";
import { germanFolder } from "./folder/de.ts";
import { germanModels } from "./models/de.ts";
import { germanPlayer } from "./player/de.ts";
import { germanPictures, germanSketch } from "./pictures/de.ts";

type Device = "audio" | "video" | "screen";

/** With their articles, in the nominative and in the accusative. */
const DEVICES: Readonly<Record<Device, readonly [string, string]>> = {
  audio: ["Das Mikrofon", "das Mikrofon"],
  video: ["Die Kamera", "die Kamera"],
  screen: ["Der Bildschirm", "den Bildschirm"],
};

const figures = figuresIn("de", { second: " s", minute: " min", millisecond: " ms", percent: " %" });
const phrase = countingIn<"one" | "other">("de");

function counted(amount: number, one: string, other: string): string {
  return phrase(amount, { one: `# ${one}`, other: `# ${other}` });
}

export const german: Words = {
  figures,

  page: {
    docs: "Dokumentation",
    connectionLost: "Die Verbindung ist unterbrochen, sie wird wiederhergestellt …",
    tryNow: "Jetzt versuchen",
    scheme: { light: "Helle Seite zeigen", dark: "Dunkle Seite zeigen" },
    signedIn: (name) => `Angemeldet als ${name}`,
    signOut: "Abmelden",
    tooOld: (missing) => `Dieser Browser ist zu alt für diese Seite, sie braucht ${missing}.`,
    incomplete: "Ein Teil der Seite konnte nicht geladen werden. Laden Sie die Seite neu.",
    notFound: "Seite nicht gefunden",
    noSuchPage: "Unter dieser Adresse gibt es keine Demo. Vielleicht wurde sie umbenannt oder entfernt.",
    allDemos: "Alle Demos",
  },

  finder: {
    find: "Demo suchen",
    demos: "Demos",
    noSuchDemo: "Keine Demo heißt so.",
    broken: "fehlerhaft",
  },

  demo: {
    inputs: "Eingaben",
    outputs: "Ausgaben",
    settings: "Einstellungen",
    runForgotten:
      "Der Server hat den Lauf aus dieser Adresse nicht mehr: Er wurde neu gestartet oder hat den Lauf eine " +
      "Stunde nach dessen Ende verworfen. Starten Sie ihn neu.",
    runElsewhere: "Der Lauf aus dieser Adresse gehört nicht zu dieser Demo.",
    removed: "Die Datei dieser Demo ist gelöscht. Was hier steht, bleibt, bis Sie die Seite verlassen.",
    stale: (file) =>
      `${file} hat seit dem letzten Speichern einen Fehler. Unten steht die Demo, wie sie vorher war.`,
    broken:
      "Diese Demo hat einen Fehler. Sie kommt von selbst zurück, sobald die Datei ohne ihn gespeichert ist.",
    required: (label) => `${label} wird benötigt.`,
    traceback: "Traceback",
    repair: "Datei reparieren",
    notRepaired: (reason) => `Die Datei wurde nicht repariert: ${reason}`,
    repairBy: (title) => `Reparatur: ${title}`,
    warnings: (amount) => `${counted(amount, "Warnung", "Warnungen")} zur Datei dieser Demo`,
    toStage: "Vor Publikum zeigen",
    others: "Weitere Demos",
    previous: (title) => `Zurück: ${title}`,
    next: (title) => `Weiter: ${title}`,
    fullScreen: "Vollbild",
  },

  log: {
    connectionLost: "Die Verbindung ist abgebrochen.",
    connectedAgain: "Wieder verbunden.",
    attached: "Mit dem Lauf aus der Adresse verbunden.",
    fileBroken: "Die Datei hat jetzt einen Fehler.",
    fileRead: "Die Datei wurde neu gelesen.",
    notRead: (reason) => `Die Demo konnte nicht neu gelesen werden: ${reason}`,
    notStarted: (action, reason) => `${action} wurde nicht gestartet: ${reason}`,
    notStopped: (reason) => `Das Anhalten kam nicht an: ${reason}`,
    stopWaits: (reason) => `Das Anhalten konnte nicht gesendet werden und wird wiederholt: ${reason}`,
    notRecognised: (problem) => `Ein Ereignis des Laufs war nicht lesbar und wird ausgelassen: ${problem}`,
  },

  server: {
    unreachable: "Der Server ist nicht erreichbar.",
    unanswered:
      "Der Server ist nicht erreichbar. Falls er die Anfrage doch erhalten hat, endet dieser Lauf von selbst.",
    answered: (status) => `Der Server hat mit ${status} geantwortet`,
  },

  run: {
    notStarted: "nicht gestartet",
    sending: "wird gesendet …",
    starting: "startet …",
    startingUsually: (usually) => `startet, meist ${usually}`,
    waiting: "wartet",
    nextInLine: "als Nächster an der Reihe",
    inLine: (position) => `an ${position}. Stelle`,
    about: (place, eta) => `${place}, etwa ${eta}`,
    stopping: "hält an",
    stopWaits: "Anhalten noch nicht gesendet",
    failed: "fehlgeschlagen",
    lost: "verloren",
    connectionLost: "Verbindung unterbrochen",
    step: (unit, index) => `${unit ?? "Schritt"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "Schritt"} ${index} von ${total}`,
    canceled: {
      visitor: "angehalten",
      superseded: "durch einen neueren Lauf ersetzt",
      left: "angehalten, niemand sah zu",
      server: "vom Server angehalten",
    },
    announcement: {
      finished: (action) => `${action}: fertig`,
      failed: (action) => `${action}: fehlgeschlagen`,
      canceled: (action, how) => `${action}: ${how}`,
      lost: (action) => `${action}: verloren, der Server hat den Lauf nicht mehr`,
      after: (what, duration) => `${what} nach ${duration}`,
      because: (what, message) => `${what}: ${message}`,
      refused: (action, reason) => `${action}: abgelehnt, ${reason}`,
    },
    faults: {
      visitor: "Die Eingaben passen nicht",
      author: "Das YAML der Demo hat einen Fehler",
      developer: "Der Code der Demo ist fehlgeschlagen",
      worker: "Der Prozess der Demo ist beendet",
      server: "Der Server hatte ein Problem",
      limit: "Eine Grenze ist erreicht",
    },
    fault: "Der Lauf ist fehlgeschlagen",
  },

  size: {
    words: (amount) => counted(amount, "Wort", "Wörter"),
    lines: (amount) => counted(amount, "Zeile", "Zeilen"),
    rows: (amount) => counted(amount, "Zeile", "Zeilen"),
    pictures: (amount) => counted(amount, "Bild", "Bilder"),
    areas: (amount) => counted(amount, "Fläche", "Flächen"),
    files: (amount) => counted(amount, "Datei", "Dateien"),
    audio: (duration) => `${duration} Ton`,
    video: (duration) => `${duration} Video`,
  },

  stream: {
    behind: (duration) => `${duration} zurück`,
    ready: (duration) => `${duration} bereit`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Strg ↵"),
    everyChange: "Läuft bei jeder Änderung",
    every: (duration) => `Läuft alle ${duration}`,
    stop: "Stopp",
    stopping: "Hält an …",
    pause: "Pause",
    goOn: "Fortsetzen",
    send: "Senden",
  },

  inputs: {
    reset: "Zurücksetzen",
    resetOf: (label) => `${label} zurücksetzen`,
    examples: "Beispiele",
    required: "erforderlich",
    unknown: (type) =>
      `Diese Seite kennt Eingaben vom Typ „${type}“ noch nicht. Laden Sie die Seite neu, um die neueste zu erhalten.`,
    valueOf: (label) => `${label}, Wert`,
    colorText: (label) => `${label}, als Text`,
    lowest: (label) => `${label}, von`,
    highest: (label) => `${label}, bis`,
    between: (minimum, maximum) => `${minimum} bis ${maximum}`,
    from: (minimum) => `ab ${minimum}`,
    upTo: (maximum) => `bis ${maximum}`,
    choose: "Auswählen …",
    chooseOrType: "Auswählen oder eingeben …",
    addYourOwn: "Eigenes hinzufügen …",
    addValue: "Wert hinzufügen",
    removeValue: (value) => `${value} entfernen`,
    forInput: (words, label) => `${words}: ${label}`,
    record: "Aufnehmen",
    nothingRecorded: "Es wurde nichts aufgenommen.",
  },

  files: {
    uploading: (file) => `${file} wird hochgeladen`,
    notSent: (file, reason) => `${file} konnte nicht gesendet werden. ${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} hat ${figures.bytes(found_bytes)}; höchstens ${figures.bytes(most_bytes)} werden angenommen.`,
    chooseFor: (label) => `Datei für ${label} auswählen`,
    remove: "Entfernen",
    removeFor: (label) => `Auswahl für ${label} entfernen`,
    upTo: (most_bytes) => `bis ${figures.bytes(most_bytes)}`,
    any: {
      one: "Datei hierher ziehen oder zum Auswählen klicken",
      several: "Dateien hierher ziehen oder zum Auswählen klicken",
      chosen: "Eine Datei ist ausgewählt.",
      remove: (file, label) => `${file} aus ${label} entfernen`,
      refused: (file) => `Dateien wie ${file} werden hier nicht angenommen.`,
    },
    attach: "Dateien anhängen",
  },

  location: {
    noPicture: "Das Bild erscheint hier, sobald es eines gibt.",
    notLoaded: "Das Bild konnte nicht geladen werden.",
    hint: {
      point: "In das Bild klicken oder die Zahlen eingeben.",
      box: "Ein Rechteck über das Bild ziehen oder die Zahlen eingeben.",
    },
    numbered: { point: (place) => `Punkt ${place}`, box: (place) => `Rechteck ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "Breite", height: "Höhe" },
    add: { point: "Punkt hinzufügen", box: "Rechteck hinzufügen" },
    remove: (name) => `${name} entfernen`,
  },
  pictures: germanPictures,
  sketch: germanSketch,

  clip: {
    preview: (label) => `Vorschau von ${label}`,
    unplayable: "Dieser Browser kann es nicht abspielen. Es wird trotzdem als Ganzes gesendet.",
    unmeasured:
      "Die Länge ist hier nicht bekannt, daher kann es nicht gekürzt werden. Es wird als Ganzes gesendet.",
    start: (label) => `Anfang des Ausschnitts von ${label}`,
    end: (label) => `Ende des Ausschnitts von ${label}`,
    takeAll: "Alles nehmen",
    fromBeginning: "Von Anfang an",
    audio: {
      invitation: "Tondatei hierher ziehen oder zum Auswählen klicken",
      chosen: "Eine Tondatei ist ausgewählt.",
      refused: (file) => `${file} ist keine Tondatei, die hier angenommen wird.`,
    },
    video: {
      invitation: "Video hierher ziehen oder zum Auswählen klicken",
      chosen: "Ein Video ist ausgewählt.",
      refused: (file) => `${file} ist kein Video, das hier angenommen wird.`,
    },
  },

  outputs: {
    formulaTooLarge: "zu lang, zu tief verschachtelt oder zu groß",
    formulaNotAllowed: (command) => `${command} ist nicht erlaubt`,
    unknown: (type) =>
      `Diese Seite kennt Ausgaben vom Typ „${type}“ noch nicht. Laden Sie die Seite neu, um die neueste zu erhalten.`,
    empty: "Noch nichts da.",
    change: { up: "mehr um", down: "weniger um" },
    legend: "Bezeichnungen",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["von", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "Debug", info: "Info", warning: "Warnung", error: "Fehler" },
    close: "Schließen",
    numbered: (name, number, all) => `${name}, ${number} von ${all}`,
    endedEmpty: "Der Lauf endete, bevor diese Ausgabe einen Wert hatte.",
    none: "Der letzte Wert war leer.",
    misfit: "Dieser Wert passt nicht zu seiner Ausgabe und wird daher gezeigt, wie er kam:",
    waiting: "Wartet, bis er an der Reihe ist",
    working: "Arbeitet",
    resumed: (state) => `fortgesetzt · ${state}`,
    notStarted: "Der Lauf wurde nicht gestartet",
    lost: "Der Lauf ging verloren",
    lostBecause:
      "Der Server wurde währenddessen neu gestartet oder hat den Lauf seither verworfen. Was er gezeigt hatte, " +
      "bleibt hier; starten Sie ihn neu, um den Rest zu sehen.",
    traceback: "Traceback",
    notThisKind: (type) => `Dies ist nicht vom Typ ${type}.`,
    newest: "Neuestes",
    more: (amount) => `${amount} weitere`,
    back: "Zurück",
    next: "Weiter",
    download: "Herunterladen",
    saveCsv: "Als CSV herunterladen",
    savePicture: "Als Bild herunterladen",
    figureFailed: (reason: string) => `Die Abbildung kann nicht gezeichnet werden: ${reason}`,
    downloadLater: "Herunterladen, sobald der Lauf zu Ende ist",
    enlarge: "Groß zeigen",
    zoom: "Vergrößern",
    copyPicture: "Bild kopieren",
    share: "Teilen",
  },

  chart: {
    legend: "Farben",
    asTable: "Als Tabelle zeigen",
    counted: "Zeile",
    kinds: {
      line: "Liniendiagramm",
      bar: "Balkendiagramm",
      area: "Flächendiagramm",
      scatter: "Punktdiagramm",
    },
    nothing: (name, kind) => `${name}. ${kind} ohne Punkte.`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}. ${kind} für ${series.join(", ")}: ${counted(amount, "Punkt", "Punkte")}, von ${low} bis ${high}. ` +
      "Die Pfeiltasten lesen einen nach dem anderen vor.",
  },

  copy: {
    text: "Text kopieren",
    asJson: "Als JSON kopieren",
    asCsv: "Als CSV kopieren",
    number: "Zahl kopieren",
    answer: "Antwort kopieren",
    yaml: "YAML kopieren",
    html: "HTML kopieren",
    log: "Protokoll kopieren",
    named: (name) => `${name} kopieren`,
    copied: "Kopiert",
  },

  shortcuts: {
    title: "Tastenkürzel",
    run: "Starten oder Nachricht senden",
    find: "Demo suchen",
    newLine: "Neue Zeile in einer Nachricht",
    stop: "Antwort anhalten",
    turn: "Nächste oder vorige Demo, vor Publikum",
    leave: "Verlassen",
    list: "Diese Liste",
  },

  capture: {
    asking: "Wartet auf Ihre Erlaubnis …",
    ready: "Die Kamera ist an",
    recording: "Aufnahme läuft",
    recordAgain: "Neu aufnehmen",
    cameraPicture: "Was die Kamera sieht",
    outOf: (longest) => ` von ${longest}`,
    stop: "Stopp",
    stopFor: (label) => `Aufnahme von ${label} beenden`,
    discard: "Verwerfen",
    discardFor: (label) => `Aufnahme von ${label} verwerfen`,
    notAllowed: (device) =>
      `Diese Seite darf ${DEVICES[device][1]} nicht verwenden. Erlauben Sie es im Browser neben der Adresse ` +
      "und versuchen Sie es noch einmal.",
    notSecure: (device) =>
      `${DEVICES[device][0]} kann nur über https verwendet werden. Wählen Sie stattdessen eine Datei.`,
    notFound: (device) =>
      `${DEVICES[device][0]} fehlt hier. Schließen Sie ein Gerät an, oder wählen Sie eine Datei.`,
    notReadable: (device) =>
      `${DEVICES[device][0]} ist gerade nicht verfügbar: Vielleicht verwendet es ein anderes Programm.`,
    failed: (device, reason) => `${DEVICES[device][0]} kann nicht verwendet werden. ${reason}`.trim(),
    take: "Bild aufnehmen",
    switchCamera: "Zur nächsten Kamera wechseln",
    leave: "Schließen",
    nothingShared: "Es wurde kein Bildschirm, kein Fenster und kein Tab ausgewählt, daher gibt es kein Bild.",
    noScreens: "Dieser Browser gibt seinen Bildschirm nicht frei. Wählen Sie stattdessen eine Datei.",
  },

  api: {
    firstTheFile: "Zuerst die Datei; die Antwort enthält ihre ID.",
    fileId: (address) => `FILE_ID: was ein POST der Datei an ${address} antwortet.`,
  },

  tableEditor: {
    cell: (column, row) => `${column}, Zeile ${row}`,
    add: "Zeile hinzufügen",
    remove: "Entfernen",
    removeRow: (row) => `Zeile ${row} entfernen`,
    load: "CSV laden",
    leftOut: (columns) =>
      phrase(columns, {
        one: "# Spalte weggelassen, die diese Tabelle nicht hat.",
        other: "# Spalten weggelassen, die diese Tabelle nicht hat.",
      }),
    tooMany: (most, rows) => `Höchstens ${most} Zeilen: ${counted(rows, "Zeile", "Zeilen")} weggelassen.`,
  },

  catalog: {
    tags: "Schlagwörter",
    allTags: "alle",
    found: (found, all) => `${found} von ${all} Demos`,
    noMatch: "Keine Demo passt dazu.",
    showAll: "Alle zeigen",
    mistake: "Diese Demo hat einen Fehler.",
    skipped: (files) =>
      phrase(files, {
        one: "# Datei ohne `gradstream: 1` wurde übergangen.",
        other: "# Dateien ohne `gradstream: 1` wurden übergangen.",
      }),
    empty: "Noch keine Demos",
    firstDemo:
      "Geben Sie in diesem Ordner `gradstream new my_demo` ein, oder legen Sie diese zwei Dateien in den " +
      "Ordner `demos`. Die Seite zeigt die Demo, sobald sie gespeichert sind.",
  },

  gallery: {
    invitation: "Bilder hierher ziehen, einfügen oder zum Auswählen klicken",
    caption: "Bildunterschrift",
    captionOf: (file) => `Bildunterschrift von ${file}`,
    earlier: "Nach vorn",
    later: "Nach hinten",
    moved: (words, file) => `${words}: ${file}`,
    placed: (file, place, all) => `${file} ist jetzt ${place} von ${all}`,
  },

  paging: {
    rows: "Zeilen",
    rowsShown: (first, last, all) => `${first}–${last} von ${all}`,
    columns: "Spalten",
    columnsShown: (first, last, all) => `Spalten ${first}–${last} von ${all}`,
  },

  compare: {
    before: "vorher",
    after: "nachher",
    compare: (name) => `${name}: wie viel vom Bild vorher zu sehen ist`,
  },

  recorded: {
    recorded: (when) => `Eine Aufzeichnung dieses Beispiels vom ${when}.`,
    runNow: "Jetzt ausführen",
  },

  codeFields: {
    tabIndents: "Tab rückt ein. Um das Feld zu verlassen, drücken Sie Escape und dann Tab.",
    notJson: "Das ist noch kein JSON.",
    notJsonIn: (line) => `Das ist noch kein JSON: siehe Zeile ${line}.`,
    jsonText: "Nur ein Text: Schreiben Sie ein Objekt, eine Liste, eine Zahl, true oder false.",
  },

  logView: {
    nothingLogged: "Noch nichts protokolliert.",
    lines: (amount) => counted(amount, "Zeile", "Zeilen"),
    lastLines: (drawn, amount) => `Die letzten ${drawn} von ${amount} Zeilen; eine Kopie enthält alle`,
    cutLine: (characters) => ` … (${characters} weitere Zeichen; eine Kopie enthält alle)`,
  },

  tabs: {
    about: "Über diese Demo",
    parts: "Teile",
    names: { yaml: "YAML", api: "API", log: "Protokoll" },
    action: "Aktion",
    nothingToCall: "Es gibt nichts aufzurufen, bis der Fehler behoben ist.",
  },

  models: germanModels,
  folder: germanFolder,
  chat: germanChat,
  player: germanPlayer,
};
