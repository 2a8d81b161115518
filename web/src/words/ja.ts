/** Japanese. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { japaneseChat } from "./chat/ja.ts";
import { japaneseFolder } from "./folder/ja.ts";
import { japaneseModels } from "./models/ja.ts";
import { japanesePlayer } from "./player/ja.ts";
import { japanesePictures, japaneseSketch } from "./pictures/ja.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = { audio: "マイク", video: "カメラ", screen: "画面" };

const figures = figuresIn("ja", { second: " 秒", minute: " 分", millisecond: " ミリ秒", percent: "%" });
const phrase = countingIn<"other">("ja");

function counted(amount: number, unit: string): string {
  return phrase(amount, { other: `# ${unit}` });
}

export const japanese: Words = {
  figures,

  page: {
    docs: "ドキュメント",
    connectionLost: "接続が切れました。再接続しています…",
    tryNow: "今すぐ試す",
    scheme: { light: "明るいページを表示", dark: "暗いページを表示" },
    signedIn: (name) => `${name} としてサインイン中`,
    signOut: "サインアウト",
    tooOld: (missing) => `このブラウザーは古いため、このページに必要な ${missing} がありません。`,
    incomplete: "ページの一部を読み込めませんでした。ページを再読み込みしてください。",
    notFound: "ページが見つかりません",
    noSuchPage: "このアドレスにデモはありません。名前が変わったか、削除された可能性があります。",
    allDemos: "すべてのデモ",
  },

  finder: {
    find: "デモを検索",
    demos: "デモ",
    noSuchDemo: "その名前のデモはありません。",
    broken: "エラーあり",
  },

  demo: {
    inputs: "入力",
    outputs: "出力",
    settings: "設定",
    runForgotten:
      "このアドレスの実行はもうサーバーにありません。サーバーが再起動されたか、終了の一時間後に削除されました。" +
      "もう一度実行してください。",
    runElsewhere: "このアドレスの実行は、このデモのものではありません。",
    removed: "このデモのファイルはなくなりました。表示中の内容は、ページを離れるまで残ります。",
    stale: (file) => `${file} は最後の保存以降エラーがあります。下はその前のデモです。`,
    broken: "このデモにはエラーがあります。エラーを直してファイルを保存すると、自動的に元に戻ります。",
    required: (label) => `${label} は必須です。`,
    traceback: "トレースバック",
    repair: "ファイルを修復",
    notRepaired: (reason) => `ファイルは修復されませんでした: ${reason}`,
    repairBy: (title) => `修復: ${title}`,
    warnings: (amount) => `このデモのファイルに警告が ${counted(amount, "件")}あります`,
    toStage: "聴衆に見せる",
    others: "ほかのデモ",
    previous: (title) => `前: ${title}`,
    next: (title) => `次: ${title}`,
    fullScreen: "全画面",
  },

  log: {
    connectionLost: "接続が切れました。",
    connectedAgain: "再び接続しました。",
    attached: "アドレスの実行につながりました。",
    fileBroken: "ファイルにエラーがあります。",
    fileRead: "ファイルを読み直しました。",
    notRead: (reason) => `デモを読み直せませんでした: ${reason}`,
    notStarted: (action, reason) => `${action} は開始されませんでした: ${reason}`,
    notStopped: (reason) => `停止が届きませんでした: ${reason}`,
    stopWaits: (reason) => `停止を送れなかったため、再送します: ${reason}`,
    notRecognised: (problem) => `実行のイベントを読めないため、省略します: ${problem}`,
  },

  server: {
    unreachable: "サーバーに接続できませんでした。",
    unanswered: "サーバーに接続できませんでした。要求が届いていた場合、その実行は自動的に終了します。",
    answered: (status) => `サーバーの応答は ${status} でした`,
  },

  run: {
    notStarted: "未開始",
    sending: "送信中…",
    starting: "起動中…",
    startingUsually: (usually) => `起動中、通常 ${usually}`,
    waiting: "待機中",
    nextInLine: "次の順番",
    inLine: (position) => `${position} 番目`,
    about: (place, eta) => `${place}、約 ${eta}`,
    stopping: "停止中",
    stopWaits: "停止は未送信",
    failed: "失敗",
    lost: "消失",
    connectionLost: "接続切れ",
    step: (unit, index) => `${unit ?? "ステップ"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "ステップ"} ${index} / ${total}`,
    canceled: {
      visitor: "停止しました",
      superseded: "新しい実行に置き換えられました",
      left: "見る人がいないため停止しました",
      server: "サーバーが停止しました",
    },
    announcement: {
      finished: (action) => `${action}: 完了`,
      failed: (action) => `${action}: 失敗`,
      canceled: (action, how) => `${action}: ${how}`,
      lost: (action) => `${action}: 失われました。サーバーにはもうありません`,
      after: (what, duration) => `${what}（${duration}）`,
      because: (what, message) => `${what}: ${message}`,
      refused: (action, reason) => `${action} は拒否されました: ${reason}`,
    },
    faults: {
      visitor: "入力が適切ではありません",
      author: "デモの YAML にエラーがあります",
      developer: "デモのコードが失敗しました",
      worker: "デモのプロセスが終了しました",
      server: "サーバーに問題がありました",
      limit: "上限に達しました",
    },
    fault: "実行に失敗しました",
  },

  size: {
    words: (amount) => counted(amount, "語"),
    lines: (amount) => counted(amount, "行"),
    rows: (amount) => counted(amount, "行"),
    pictures: (amount) => counted(amount, "枚の画像"),
    areas: (amount) => counted(amount, "個の領域"),
    files: (amount) => counted(amount, "個のファイル"),
    audio: (duration) => `${duration}の音声`,
    video: (duration) => `${duration}の動画`,
  },

  stream: {
    behind: (duration) => `${duration}遅れ`,
    ready: (duration) => `${duration}分を準備済み`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "変更のたびに実行",
    every: (duration) => `${duration}ごとに実行`,
    stop: "停止",
    stopping: "停止中…",
    pause: "一時停止",
    goOn: "再開",
    send: "送信",
  },

  inputs: {
    reset: "リセット",
    resetOf: (label) => `${label} を元に戻す`,
    examples: "例",
    required: "必須",
    unknown: (type) =>
      `このページはまだ「${type}」型の入力に対応していません。再読み込みして最新にしてください。`,
    valueOf: (label) => `${label}、値`,
    colorText: (label) => `${label}、文字で`,
    lowest: (label) => `${label}、下限`,
    highest: (label) => `${label}、上限`,
    between: (minimum, maximum) => `${minimum} ～ ${maximum}`,
    from: (minimum) => `${minimum} 以上`,
    upTo: (maximum) => `${maximum} 以下`,
    choose: "選択…",
    chooseOrType: "選択または入力…",
    addYourOwn: "独自の値を追加…",
    addValue: "値を追加",
    removeValue: (value) => `${value} を削除`,
    forInput: (words, label) => `${words}: ${label}`,
    record: "記録する",
    nothingRecorded: "何も記録されませんでした。",
  },

  files: {
    uploading: (file) => `${file} をアップロード中`,
    notSent: (file, reason) => `${file} を送信できませんでした。${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} は ${figures.bytes(found_bytes)} です。${figures.bytes(most_bytes)} まで受け付けます。`,
    chooseFor: (label) => `${label} のファイルを選択`,
    remove: "削除",
    removeFor: (label) => `${label} の選択を削除`,
    upTo: (most_bytes) => `${figures.bytes(most_bytes)} まで`,
    any: {
      one: "ファイルをドロップ、またはクリックして選択",
      several: "ファイルをドロップ、またはクリックして選択（複数可）",
      chosen: "ファイルが選択されています。",
      remove: (file, label) => `${label} から ${file} を削除`,
      refused: (file) => `${file} はここで受け付ける種類のファイルではありません。`,
    },
    attach: "ファイルを添付",
  },

  location: {
    noPicture: "画像があると、ここに表示されます。",
    notLoaded: "画像を読み込めませんでした。",
    hint: {
      point: "画像の中をクリックするか、数値を入力してください。",
      box: "画像の上に枠を描くか、数値を入力してください。",
    },
    numbered: { point: (place) => `点 ${place}`, box: (place) => `枠 ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "幅", height: "高さ" },
    add: { point: "点を追加", box: "枠を追加" },
    remove: (name) => `${name} を削除`,
  },
  pictures: japanesePictures,
  sketch: japaneseSketch,

  clip: {
    preview: (label) => `${label} のプレビュー`,
    unplayable: "このブラウザーでは再生できませんが、全体をそのまま送信します。",
    unmeasured: "長さがわからないため切り取れません。全体を送信します。",
    start: (label) => `${label} の範囲の始まり`,
    end: (label) => `${label} の範囲の終わり`,
    takeAll: "すべて使う",
    fromBeginning: "最初から",
    audio: {
      invitation: "音声をドロップ、またはクリックして選択",
      chosen: "音声が選択されています。",
      refused: (file) => `${file} はここで受け付ける音声ではありません。`,
    },
    video: {
      invitation: "動画をドロップ、またはクリックして選択",
      chosen: "動画が選択されています。",
      refused: (file) => `${file} はここで受け付ける動画ではありません。`,
    },
  },

  outputs: {
    formulaTooLarge: "長すぎるか、入れ子が深すぎるか、大きすぎます",
    formulaNotAllowed: (command) => `${command} は使えません`,
    unknown: (type) =>
      `このページはまだ「${type}」型の出力に対応していません。再読み込みして最新にしてください。`,
    empty: "まだ何もありません。",
    change: { up: "増加", down: "減少" },
    legend: "ラベル",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["/", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "デバッグ", info: "情報", warning: "警告", error: "エラー" },
    close: "閉じる",
    numbered: (name, number, all) => `${name}、${number} / ${all}`,
    endedEmpty: "この出力に値が出る前に実行が終わりました。",
    none: "最後の値は空でした。",
    misfit: "この値は出力の種類に合わないため、届いたまま表示します:",
    waiting: "順番を待っています",
    working: "実行中",
    resumed: (state) => `再開 · ${state}`,
    notStarted: "実行は開始されませんでした",
    lost: "実行が失われました",
    lostBecause:
      "実行中にサーバーが再起動されたか、その後に削除されました。表示済みの内容はここに残ります。" +
      "続きを見るには、もう一度実行してください。",
    traceback: "トレースバック",
    notThisKind: (type) => `これは ${type} 型ではありません。`,
    newest: "最新",
    more: (amount) => `ほか ${amount} 件`,
    back: "前へ",
    next: "次へ",
    download: "ダウンロード",
    saveCsv: "CSV でダウンロード",
    savePicture: "画像でダウンロード",
    figureFailed: (reason: string) => `図を描画できません: ${reason}`,
    downloadLater: "実行が終わるとダウンロードできます",
    enlarge: "大きく表示",
    zoom: "拡大",
    copyPicture: "画像をコピー",
    share: "共有",
  },

  chart: {
    legend: "色",
    asTable: "表で表示",
    counted: "行",
    kinds: { line: "折れ線グラフ", bar: "棒グラフ", area: "面グラフ", scatter: "散布図" },
    nothing: (name, kind) => `${name}。${kind}、データ点なし。`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}。${series.join("、")} の${kind}: ${counted(amount, "点")}、${low} から ${high} まで。` +
      "矢印キーで順に読み上げます。",
  },

  copy: {
    text: "テキストをコピー",
    asJson: "JSON としてコピー",
    asCsv: "CSV としてコピー",
    number: "数値をコピー",
    answer: "回答をコピー",
    yaml: "YAML をコピー",
    html: "HTML をコピー",
    log: "ログをコピー",
    named: (name) => `${name} をコピー`,
    copied: "コピーしました",
  },

  shortcuts: {
    title: "キーボードショートカット",
    run: "実行、またはメッセージを送信",
    find: "デモを検索",
    newLine: "メッセージ内で改行",
    stop: "回答を停止",
    turn: "聴衆に見せているとき、次または前のデモ",
    leave: "終了",
    list: "この一覧",
  },

  capture: {
    asking: "許可を待っています…",
    ready: "カメラはオンです",
    recording: "録音・録画中",
    recordAgain: "記録し直す",
    cameraPicture: "カメラの映像",
    outOf: (longest) => ` / ${longest}`,
    stop: "停止",
    stopFor: (label) => `${label} の記録を停止`,
    discard: "破棄",
    discardFor: (label) => `${label} の記録を破棄`,
    notAllowed: (device) =>
      `このページは${DEVICES[device]}を使えません。ブラウザーのアドレスの横で許可して、もう一度お試しください。`,
    notSecure: (device) => `${DEVICES[device]}は https でのみ使えます。代わりにファイルを選んでください。`,
    notFound: (device) => `${DEVICES[device]}がありません。接続するか、ファイルを選んでください。`,
    notReadable: (device) => `${DEVICES[device]}は今使えません。別のプログラムが使用中かもしれません。`,
    failed: (device, reason) => `${DEVICES[device]}を使えません。${reason}`.trim(),
    take: "撮影する",
    switchCamera: "次のカメラに切り替える",
    leave: "閉じる",
    nothingShared: "画面、ウィンドウ、タブのいずれも選ばれなかったため、画像はありません。",
    noScreens: "このブラウザーは画面を共有できません。代わりにファイルを選んでください。",
  },

  api: {
    firstTheFile: "まずファイルを送ります。応答に ID があります。",
    fileId: (address) => `FILE_ID: ファイルを ${address} に POST したときの応答。`,
  },

  tableEditor: {
    cell: (column, row) => `${column}、${row} 行目`,
    add: "行を追加",
    remove: "削除",
    removeRow: (row) => `${row} 行目を削除`,
    load: "CSV を読み込む",
    leftOut: (columns) => `この表にない ${counted(columns, "列")}を省きました。`,
    tooMany: (most, rows) => `最大 ${most} 行です。${counted(rows, "行")}を省きました。`,
  },

  catalog: {
    tags: "タグ",
    allTags: "すべて",
    found: (found, all) => `${found} / ${all} 件のデモ`,
    noMatch: "一致するデモはありません。",
    showAll: "すべて表示",
    mistake: "このデモにはエラーがあります。",
    skipped: (files) => phrase(files, { other: "`gradstream: 1` のないファイル # 個をスキップしました。" }),
    empty: "まだデモがありません",
    firstDemo:
      "このフォルダーで `gradstream new my_demo` と入力するか、次の二つのファイルを `demos` フォルダーに置いてください。" +
      "保存するとすぐにデモが表示されます。",
  },

  gallery: {
    invitation: "画像をドロップ、貼り付け、またはクリックして選択（複数可）",
    caption: "キャプション",
    captionOf: (file) => `${file} のキャプション`,
    earlier: "前へ",
    later: "後へ",
    moved: (words, file) => `${words}: ${file}`,
    placed: (file, place, all) => `${file} は ${all} 枚中 ${place} 枚目になりました`,
  },

  paging: {
    rows: "行",
    rowsShown: (first, last, all) => `${first}–${last} / ${all}`,
    columns: "列",
    columnsShown: (first, last, all) => `列 ${first}–${last} / ${all}`,
  },

  compare: {
    before: "前",
    after: "後",
    compare: (name) => `${name}: 前の画像を表示する割合`,
  },

  recorded: {
    recorded: (when) => `この例の記録です（${when} に作成）。`,
    runNow: "今すぐ実行",
  },

  codeFields: {
    tabIndents: "Tab で字下げします。欄から出るには Escape、続けて Tab を押します。",
    notJson: "まだ JSON ではありません。",
    notJsonIn: (line) => `まだ JSON ではありません。${line} 行目を確認してください。`,
    jsonText: "ただの文字列です。オブジェクト、リスト、数値、true、false のいずれかを書いてください。",
  },

  logView: {
    nothingLogged: "まだログはありません。",
    lines: (amount) => counted(amount, "行"),
    lastLines: (drawn, amount) => `全 ${amount} 行のうち最後の ${drawn} 行。コピーにはすべて含まれます`,
    cutLine: (characters) => ` …（あと ${characters} 文字。コピーにはすべて含まれます）`,
  },

  tabs: {
    about: "このデモについて",
    parts: "部分",
    names: { yaml: "YAML", api: "API", log: "ログ" },
    action: "アクション",
    nothingToCall: "エラーが直るまで呼び出せるものはありません。",
  },

  models: japaneseModels,
  folder: japaneseFolder,
  chat: japaneseChat,
  player: japanesePlayer,
};
