/**
 * Every word that a visitor reads or hears read aloud, grouped by the part of the page that shows it.
 *
 * What depends on a number, a time or a name is a function, because other languages order and inflect differently.
 * Text in `backticks` is set as code. Every other language is an object of the type `Words` in a file of its own.
 * Words of the catalog (titles, labels) are not here: they come with the data.
 */
import { countingIn, figuresIn } from "./figures.ts";
import type { ChartWords } from "./chart/en.ts";
import type { ClipWords } from "./clip/en.ts";
import type { FolderWords } from "./folder/en.ts";
import type { LocationWords } from "./location/en.ts";
import type { ModelWords } from "./models/en.ts";
import type { ShortcutWords } from "./shortcuts/en.ts";
import { englishPictures } from "./pictures/en.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = { audio: "microphone", video: "camera", screen: "screen" };

const figures = figuresIn("en-GB", {
  second: " s",
  minute: " min",
  millisecond: " ms",
  percent: " %",
});
const phrase = countingIn<"one" | "other">("en-GB");

function counted(amount: number, unit: string): string {
  return phrase(amount, { one: `# ${unit}`, other: `# ${unit}s` });
}

const ordinals = new Intl.PluralRules("en-GB", { type: "ordinal" });

/** 1st, 2nd, 3rd, 11th. */
function ordinal(position: number): string {
  const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${position}${endings[ordinals.select(position)] ?? ""}`;
}

export const english = {
  figures,

  page: {
    docs: "Docs",
    connectionLost: "The connection is lost, reconnecting…",
    tryNow: "Try now",
    scheme: { light: "Show a light page", dark: "Show a dark page" },
    signedIn: (name: string) => `Signed in as ${name}`,
    signOut: "Sign out",
    tooOld: (missing: string) => `This browser is too old for this page, which needs ${missing}.`,
    incomplete: "A part of the page could not be loaded. Reload the page to get it.",
    notFound: "Page not found",
    noSuchPage: "There is no demo at this address. It may have been renamed or removed.",
    allDemos: "All demos",
  },

  catalog: {
    tags: "Tags",
    allTags: "all",
    find: "Find a demo",
    demos: "Demos",
    noSuchDemo: "No demo is called so.",
    broken: "broken",
    found: (found: number, all: number) => `${found} of ${all} demos`,
    noMatch: "No demo matches.",
    showAll: "Show all",
    mistake: "This demo has a mistake.",
    skipped: (files: number) =>
      phrase(files, {
        one: "# file without `gradstream: 1` was skipped.",
        other: "# files without `gradstream: 1` were skipped.",
      }),
    empty: "No demos yet",
    firstDemo:
      "Type `gradstream new my_demo` in this folder, or put these two files into the folder `demos`. " +
      "The page shows the demo as soon as they are saved.",
  },

  demo: {
    inputs: "Inputs",
    outputs: "Outputs",
    settings: "Settings",
    /** What a link, or a reload, looks for in vain. */
    runForgotten:
      "The server does not have the run in this address any more: it was restarted, or has dropped it an hour " +
      "after its end. Run it again.",
    runElsewhere: "The run in this address is not one of this demo.",
    removed: "This demo's file is gone. What is on the page stays until you leave it.",
    stale: (file: string) => `${file} has a mistake since its last save. Below is the demo as it was before.`,
    broken: "This demo has a mistake. It comes back by itself when the file is saved without it.",
    required: (label: string) => `${label} is required.`,
    traceback: "Traceback",
    repair: "Repair the file",
    notRepaired: (reason: string) => `The file was not repaired: ${reason}`,
    repairBy: (title: string) => `Repair: ${title}`,
    warnings: (amount: number) => `${counted(amount, "warning")} in this demo's file`,
    toStage: "Stage view",
    others: "Other demos",
    previous: (title: string) => `Previous: ${title}`,
    next: (title: string) => `Next: ${title}`,
  },

  log: {
    connectionLost: "The connection was lost.",
    connectedAgain: "Connected again.",
    attached: "Attached to the run in the address.",
    fileBroken: "The file has a mistake now.",
    fileRead: "The file was read again.",
    notRead: (reason: string) => `The demo could not be read again: ${reason}`,
    notStarted: (action: string, reason: string) => `${action} was not started: ${reason}`,
    notStopped: (reason: string) => `Stop was not heard: ${reason}`,
    stopWaits: (reason: string) => `Stop could not be sent and is sent again: ${reason}`,
    notRecognised: (problem: string) => `An event of the run could not be read and is left out: ${problem}`,
  },

  server: {
    unreachable: "The server could not be reached.",
    unanswered:
      "The server could not be reached. If it has received the request all the same, that run ends by itself.",
    answered: (status: number) => `The server answered ${status}`,
  },

  run: {
    notStarted: "not started",
    sending: "sending…",
    starting: "starting…",
    startingUsually: (usually: string) => `starting, usually ${usually}`,
    waiting: "waiting",
    nextInLine: "next in line",
    inLine: (position: number) => `${ordinal(position)} in line`,
    about: (place: string, eta: string) => `${place}, about ${eta}`,
    stopping: "stopping",
    stopWaits: "stop not sent yet",
    failed: "failed",
    lost: "lost",
    connectionLost: "connection lost",
    step: (unit: string | null, index: number) => `${unit ?? "step"} ${index}`,
    stepOf: (unit: string | null, index: number, total: number) => `${unit ?? "step"} ${index} of ${total}`,
    /** Why a run ended early, by what the server says of it. */
    canceled: {
      visitor: "stopped",
      superseded: "replaced by a newer run",
      left: "stopped, nobody was watching",
      server: "stopped by the server",
    },
    /** Announced to screen readers, and noted in the log. */
    announcement: {
      finished: (action: string) => `${action} finished`,
      failed: (action: string) => `${action} failed`,
      canceled: (action: string, how: string) => `${action} ${how}`,
      lost: (action: string) => `${action} was lost: the server does not have it any more`,
      after: (what: string, duration: string) => `${what} after ${duration}`,
      because: (what: string, message: string) => `${what}: ${message}`,
      refused: (action: string, reason: string) => `${action} was refused: ${reason}`,
    },
    /** Whose fault a failed run is. */
    faults: {
      visitor: "The inputs do not fit",
      author: "The demo's YAML has a mistake",
      developer: "The demo's code failed",
      worker: "The demo's process ended",
      server: "The server had a problem",
      limit: "A limit was reached",
    },
    fault: "The run failed",
  },

  size: {
    words: (amount: number) => counted(amount, "word"),
    lines: (amount: number) => counted(amount, "line"),
    rows: (amount: number) => counted(amount, "row"),
    pictures: (amount: number) => counted(amount, "picture"),
    areas: (amount: number) => counted(amount, "area"),
    files: (amount: number) => counted(amount, "file"),
    audio: (duration: string) => `${duration} of sound`,
    video: (duration: string) => `${duration} of video`,
  },

  player: {
    play: "Play",
    pause: "Pause",
    soundOn: "Sound on",
    soundOff: "Sound off",
    fullScreen: "Full screen",
    live: "Live",
    fromStart: "From the start",
    position: (label: string) => `Position in ${label}`,
    downloadIt: "Download it",
    connectionLost: "The connection is lost, trying again…",
    /** What a player that should play is waiting for. */
    stalls: {
      more: "Waiting for more: the demo has not sent the next part yet.",
      loading: "The next part is on its way…",
      late: "It has not begun to play: its beginning has not arrived, or this browser does not open it.",
      stuck: "It is here, but this browser does not play it on.",
    },
    noFullScreen: "This browser does not show it full screen.",
    /** Read aloud: where the player is, and how much there is. */
    momentOf: (position: string, end: string) => `${position} of ${end}`,
    behind: (duration: string) => `${duration} behind`,
    ready: (duration: string) => `${duration} ready`,
    unplayable: "This browser could not play it.",
    unplayableType: (mime: string) => `This browser does not play ${mime}.`,
    noDevice: "There is no device to play sound on. Connect one and run again.",
    failed: "Something went wrong while playing it.",
    undecodable: "This browser could not decode a part of the stream.",
    streamGone: "The server does not have this stream any more.",
    restGone: "The server does not have the rest of this stream any more.",
  },

  capture: {
    asking: "Waiting for your permission …",
    ready: "The camera is on",
    recording: "Recording",
    record: "Record",
    recordAgain: "Record again",
    useCamera: "Use the camera",
    /** What a button does, and for which input. */
    forInput: (words: string, label: string) => `${words}: ${label}`,
    cameraPicture: "What the camera sees",
    outOf: (longest: string) => ` of ${longest}`,
    stop: "Stop",
    stopFor: (label: string) => `Stop recording ${label}`,
    discard: "Discard",
    discardFor: (label: string) => `Discard the recording of ${label}`,
    empty: "Nothing was recorded.",
    notAllowed: (device: Device) =>
      `This page may not use the ${DEVICES[device]}. Allow it in the browser, beside the address, and try again.`,
    notSecure: (device: Device) =>
      `The ${DEVICES[device]} can be used over https only. Choose a file instead.`,
    notFound: (device: Device) => `There is no ${DEVICES[device]} here. Connect one, or choose a file.`,
    notReadable: (device: Device) =>
      `The ${DEVICES[device]} cannot be used now: another program may have it.`,
    failed: (device: Device, reason: string) => `The ${DEVICES[device]} cannot be used. ${reason}`.trim(),
  },

  /** The buttons that start and end runs. */
  actions: {
    /** The keys that run a demo, beside the button's own words. */
    keys: (isMac: boolean): string => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "Runs at every change",
    every: (duration: string) => `Runs every ${duration}`,
    stop: "Stop",
    stopping: "Stopping…",
    pause: "Pause",
    goOn: "Go on",
  },

  inputs: {
    reset: "Reset",
    resetOf: (label: string) => `Reset ${label}`,
    examples: "Examples",
    required: "required",
    unknown: (type: string) =>
      `This page does not know inputs of type “${type}” yet. Reload the page to get the newest.`,
    /** The field beside a slider, in which its value can be typed. */
    valueOf: (label: string) => `${label}, value`,
    /** Read aloud with a field for code. */
    tabIndents: "Tab indents. To leave the field, press Escape and then Tab.",
    notJson: "This is not JSON yet.",
    notJsonIn: (line: number) => `This is not JSON yet: look at line ${line}.`,
    jsonText: "Only a text: write an object, a list, a number, true or false.",
    /** The field beside a color, in which it can be typed. */
    colorText: (label: string) => `${label}, as text`,
    /** The handles of a range. */
    lowest: (label: string) => `${label}, from`,
    highest: (label: string) => `${label}, to`,
    between: (minimum: number | string, maximum: number | string) => `${minimum} to ${maximum}`,
    from: (minimum: number | string) => `from ${minimum}`,
    upTo: (maximum: number | string) => `up to ${maximum}`,
    choose: "Choose…",
    table: {
      cell: (column: string, row: number) => `${column}, row ${row}`,
      add: "Add a row",
      remove: "Remove",
      removeRow: (row: number) => `Remove row ${row}`,
      load: "Load CSV",
      leftOut: (columns: number) => `${counted(columns, "column")} left out, which this table does not have.`,
      tooMany: (most: number, rows: number) => `At most ${most} rows: ${counted(rows, "row")} left out.`,
    },
    chooseOrType: "Choose or type…",
    addYourOwn: "Add your own…",
    addValue: "Add a value",
    removeValue: (value: string) => `Remove ${value}`,
  },

  files: {
    uploading: (file: string) => `Uploading ${file}`,
    notSent: (file: string, reason: string) => `${file} could not be sent. ${reason}`,
    tooLarge: (file: string, found_bytes: number, most_bytes: number) =>
      `${file} has ${figures.bytes(found_bytes)}; at most ${figures.bytes(most_bytes)} are taken.`,
    chooseFor: (label: string) => `Choose a file for ${label}`,
    remove: "Remove",
    removeFor: (label: string) => `Remove what was chosen for ${label}`,
    upTo: (most_bytes: number) => `up to ${figures.bytes(most_bytes)}`,
    any: {
      one: "Drop a file, or click to choose",
      several: "Drop files, or click to choose",
      chosen: "A file is chosen.",
      remove: (file: string, label: string) => `Remove ${file} from ${label}`,
      refused: (file: string) => `${file} is not a kind of file that is taken here.`,
    },
    gallery: {
      invitation: "Drop pictures, paste them, or click to choose",
      caption: "Caption",
      captionOf: (file: string) => `Caption of ${file}`,
      earlier: "Earlier",
      later: "Later",
      /** Read aloud: a button and its picture, and where the picture has gone. */
      moved: (words: string, file: string) => `${words}: ${file}`,
      placed: (file: string, place: number, all: number) => `${file} is now ${place} of ${all}`,
    },
    audio: {
      invitation: "Drop a sound, or click to choose",
      chosen: "A sound is chosen.",
      refused: (file: string) => `${file} is no sound that is taken here.`,
    },
    video: {
      invitation: "Drop a video, or click to choose",
      chosen: "A video is chosen.",
      refused: (file: string) => `${file} is no video that is taken here.`,
    },
  },

  /** Pictures that are made on the page. */
  pictures: englishPictures,

  /** A chosen or recorded clip, and the part of it that is taken. */
  outputs: {
    /** Why a formula is not drawn. */
    formulaTooLarge: "too long, too deep or too large",
    formulaNotAllowed: (command: string) => `${command} is not allowed`,
    unknown: (type: string) =>
      `This page does not know outputs of type “${type}” yet. Reload the page to get the newest.`,
    empty: "Nothing here yet.",
    /** Read aloud in front of how much a figure has changed. */
    change: { up: "up by", down: "down by" },
    legend: "Labels",
    /** How far a bar is, such as `3 of 10 files`. */
    counted: (done: string, total: string | null, unit: string | null) =>
      [done, ...(total === null ? [] : ["of", total]), ...(unit === null ? [] : [unit])].join(" "),
    /** In front of a line of a log. */
    levels: { debug: "debug", info: "info", warning: "warning", error: "error" },
    before: "before",
    after: "after",
    compare: (name: string) => `${name}: how much is shown of the picture before`,
    close: "Close",
    numbered: (name: string, number: number, all: number) => `${name}, ${number} of ${all}`,
    endedEmpty: "The run ended before this output had a value.",
    none: "The last value was none.",
    misfit: "This value does not fit its output, so it is shown as it came:",
    waiting: "Waiting for a turn",
    working: "Working",
    resumed: (state: string) => `resumed · ${state}`,
    /** Of a run that was not run now; `when` is a date and a time. */
    recorded: (when: string) => `A recording of this example, made ${when}.`,
    runNow: "Run it now",
    notStarted: "The run was not started",
    lost: "The run was lost",
    lostBecause:
      "The server was restarted while it ran, or has dropped it since. What it had shown stays here; " +
      "run it again for the rest.",
    traceback: "Traceback",
    notThisKind: (type: string) => `This is no ${type}.`,
    newest: "Newest",
    more: (amount: number) => `${amount} more`,
    rows: "Rows",
    rowsShown: (first: number, last: number, all: number) => `${first}–${last} of ${all}`,
    columns: "Columns",
    columnsShown: (first: number, last: number, all: number) => `Columns ${first}–${last} of ${all}`,
    back: "Back",
    next: "Next",
    download: "Download",
    saveCsv: "Download as CSV",
    savePicture: "Download as a picture",
    figureFailed: (reason: string) => `Cannot be drawn: ${reason}`,
    downloadLater: "Download, once the run is over",
    enlarge: "Show large",
    zoom: "Zoom",
    copyPicture: "Copy the picture",
    share: "Share",
  },

  /** The button that copies: what it is called before, and just after it was pressed. */
  copy: {
    text: "Copy the text",
    asJson: "Copy as JSON",
    asCsv: "Copy as CSV",
    number: "Copy the number",
    answer: "Copy the answer",
    yaml: "Copy the YAML",
    html: "Copy the HTML",
    log: "Copy the log",
    named: (name: string) => `Copy ${name}`,
    copied: "Copied",
  },

  chat: {
    you: "You",
    answer: "Answer",
    thinking: "thinking",
    parts: { image: "Picture", audio: "Sound", video: "Video", table: "Table", file: "File" },
    like: "Good answer",
    dislike: "Bad answer",
    fileGone: "A file was here; it was kept with its run.",
    write: "Write a message…",
    send: "Send",
    sendByKey: "Send (Enter)",
    stop: "Stop",
    askAgain: "Ask again",
    takeBack: "Take back",
    attach: "Attach files",
    own: { edit: "Change your message", field: "Your message", cancel: "Cancel", options: "Suggestions" },
    clear: "Clear",
  },

  /** What keys do, as listed under `?`. */
  tabs: {
    about: "About this demo",
    /** Tabs of the demo's own layout. */
    parts: "Parts",
    names: { yaml: "YAML", api: "API", log: "Log" },
    action: "Action",
    nothingToCall: "There is nothing to call until the mistake is mended.",
    nothingLogged: "Nothing was logged yet.",
    lines: (amount: number) => counted(amount, "line"),
    lastLines: (drawn: number, amount: number) => `The last ${drawn} of ${amount} lines; a copy has all`,
    cutLine: (characters: number) => ` … (${characters} more characters; a copy has all)`,
  },

  /** Comments in the examples of how to call the API. */
  apiExamples: {
    firstTheFile: "First the file; the answer has its id.",
    fileId: (address: string) => `FILE_ID: what a POST of the file to ${address} answers.`,
  },
};

/** Of what few pages show, English comes with the part that shows it. */
export type Words = typeof english & {
  readonly chart?: ChartWords;
  readonly clip?: ClipWords;
  readonly folder?: FolderWords;
  readonly location?: LocationWords;
  readonly models?: ModelWords;
  readonly shortcuts?: ShortcutWords;
};
