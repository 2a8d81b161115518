/**
 * Every word that a visitor reads or hears read aloud, grouped by the part of the page that shows it.
 *
 * What depends on a number, a time or a name is a function, because other languages order and inflect differently.
 * Text in `backticks` is set as code. Every other language is an object of the type `Words` in a file of its own.
 * Words of the catalog (titles, labels) are not here: they come with the data.
 */
import { countingIn, figuresIn } from "./figures.ts";
import type { ApiWords } from "./api/en.ts";
import type { CaptureWords } from "./capture/en.ts";
import type { CatalogWords } from "./catalog/en.ts";
import type { ChartWords } from "./chart/en.ts";
import type { ChatWords } from "./chat/en.ts";
import type { ClipWords } from "./clip/en.ts";
import type { FolderWords } from "./folder/en.ts";
import type { GalleryWords } from "./gallery/en.ts";
import type { LocationWords } from "./location/en.ts";
import type { ModelWords } from "./models/en.ts";
import type { PlayerWords } from "./player/en.ts";
import type { ShortcutWords } from "./shortcuts/en.ts";
import type { SketchWords } from "./sketch/en.ts";
import type { TableEditorWords } from "./table-editor/en.ts";
import type { LogViewWords } from "./log-view/en.ts";
import type { CodeFieldsWords } from "./code-fields/en.ts";
import type { RecordedWords } from "./recorded/en.ts";
import type { CompareWords } from "./compare/en.ts";
import type { PagingWords } from "./paging/en.ts";
import { englishPictures } from "./pictures/en.ts";

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

  finder: {
    find: "Find a demo",
    demos: "Demos",
    noSuchDemo: "No demo is called so.",
    broken: "broken",
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
    fullScreen: "Full screen",
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

  stream: {
    behind: (duration: string) => `${duration} behind`,
    ready: (duration: string) => `${duration} ready`,
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
    send: "Send",
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
    /** The field beside a color, in which it can be typed. */
    colorText: (label: string) => `${label}, as text`,
    /** The handles of a range. */
    lowest: (label: string) => `${label}, from`,
    highest: (label: string) => `${label}, to`,
    between: (minimum: number | string, maximum: number | string) => `${minimum} to ${maximum}`,
    from: (minimum: number | string) => `from ${minimum}`,
    upTo: (maximum: number | string) => `up to ${maximum}`,
    choose: "Choose…",
    chooseOrType: "Choose or type…",
    addYourOwn: "Add your own…",
    addValue: "Add a value",
    removeValue: (value: string) => `Remove ${value}`,
    /** What a button does, and for which input. */
    forInput: (words: string, label: string) => `${words}: ${label}`,
    record: "Record",
    nothingRecorded: "Nothing was recorded.",
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
    attach: "Attach files",
  },

  /** Pictures that are made on the page. */
  pictures: englishPictures,

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
    close: "Close",
    numbered: (name: string, number: number, all: number) => `${name}, ${number} of ${all}`,
    endedEmpty: "The run ended before this output had a value.",
    none: "The last value was none.",
    misfit: "This value does not fit its output, so it is shown as it came:",
    waiting: "Waiting for a turn",
    working: "Working",
    resumed: (state: string) => `resumed · ${state}`,
    notStarted: "The run was not started",
    lost: "The run was lost",
    lostBecause:
      "The server was restarted while it ran, or has dropped it since. What it had shown stays here; " +
      "run it again for the rest.",
    traceback: "Traceback",
    notThisKind: (type: string) => `This is no ${type}.`,
    newest: "Newest",
    more: (amount: number) => `${amount} more`,
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

  tabs: {
    about: "About this demo",
    /** Tabs of the demo's own layout. */
    parts: "Parts",
    names: { yaml: "YAML", api: "API", log: "Log" },
    action: "Action",
    nothingToCall: "There is nothing to call until the mistake is mended.",
  },
};

/** Of what few pages show, English comes with the part that shows it. */
export type Words = typeof english & {
  readonly api?: ApiWords;
  readonly capture?: CaptureWords;
  readonly catalog?: CatalogWords;
  readonly chart?: ChartWords;
  readonly chat?: ChatWords;
  readonly clip?: ClipWords;
  readonly folder?: FolderWords;
  readonly gallery?: GalleryWords;
  readonly location?: LocationWords;
  readonly models?: ModelWords;
  readonly player?: PlayerWords;
  readonly shortcuts?: ShortcutWords;
  readonly sketch?: SketchWords;
  readonly tableEditor?: TableEditorWords;
  readonly logView?: LogViewWords;
  readonly codeFields?: CodeFieldsWords;
  readonly recorded?: RecordedWords;
  readonly compare?: CompareWords;
  readonly paging?: PagingWords;
};
