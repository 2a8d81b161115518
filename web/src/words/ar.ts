/** Arabic. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn, type Forms } from "./figures.ts";
import { arabicChat } from "./chat/ar.ts";
import { arabicFolder } from "./folder/ar.ts";
import { arabicModels } from "./models/ar.ts";
import { arabicPlayer } from "./player/ar.ts";
import { arabicPictures, arabicSketch } from "./pictures/ar.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = {
  audio: "الميكروفون",
  video: "الكاميرا",
  screen: "الشاشة",
};

const figures = figuresIn("ar", { second: " ث", minute: " د", millisecond: " م.ث", percent: "٪" });
const phrase = countingIn<Intl.LDMLPluralRule>("ar");

type Noun = readonly [one: string, two: string, few: string, many: string, other: string];

/** A noun in its forms: one, two, 3 to 10, 11 to 99, hundreds. */
function formsOf([one, two, few, many, other]: Noun): Forms<Intl.LDMLPluralRule> {
  return { zero: `# ${other}`, one, two, few: `# ${few}`, many: `# ${many}`, other: `# ${other}` };
}

function counted(amount: number, noun: Noun): string {
  return phrase(amount, formsOf(noun));
}

const WORD: Noun = ["كلمة واحدة", "كلمتان", "كلمات", "كلمة", "كلمة"];
const LINE: Noun = ["سطر واحد", "سطران", "أسطر", "سطرًا", "سطر"];
const ROW: Noun = ["صف واحد", "صفان", "صفوف", "صفًا", "صف"];
const COLUMN: Noun = ["عمود واحد", "عمودان", "أعمدة", "عمودًا", "عمود"];
const PICTURE: Noun = ["صورة واحدة", "صورتان", "صور", "صورة", "صورة"];
const AREA: Noun = ["منطقة واحدة", "منطقتان", "مناطق", "منطقة", "منطقة"];
const FILE: Noun = ["ملف واحد", "ملفان", "ملفات", "ملفًا", "ملف"];
const WARNING: Noun = ["تحذير واحد", "تحذيران", "تحذيرات", "تحذيرًا", "تحذير"];
const POINT: Noun = ["نقطة واحدة", "نقطتان", "نقاط", "نقطة", "نقطة"];

export const arabic: Words = {
  figures,

  page: {
    docs: "التوثيق",
    connectionLost: "انقطع الاتصال، جارٍ إعادة الاتصال…",
    tryNow: "حاول الآن",
    scheme: { light: "عرض صفحة فاتحة", dark: "عرض صفحة داكنة" },
    signedIn: (name) => `تم تسجيل الدخول باسم ${name}`,
    signOut: "تسجيل الخروج",
    tooOld: (missing) => `هذا المتصفح قديم جدًا لهذه الصفحة التي تحتاج إلى ${missing}.`,
    incomplete: "تعذر تحميل جزء من الصفحة. أعد تحميلها للحصول عليه.",
    notFound: "الصفحة غير موجودة",
    noSuchPage: "لا يوجد عرض في هذا العنوان. ربما أُعيدت تسميته أو أُزيل.",
    allDemos: "كل العروض",
  },

  finder: {
    find: "ابحث عن عرض",
    demos: "العروض",
    noSuchDemo: "لا يوجد عرض بهذا الاسم.",
    broken: "به خطأ",
  },

  demo: {
    inputs: "المدخلات",
    outputs: "المخرجات",
    settings: "الإعدادات",
    runForgotten:
      "لم يعد التشغيل المذكور في هذا العنوان لدى الخادم: أُعيد تشغيل الخادم، أو حذفه بعد ساعة من انتهائه. شغّله مرة أخرى.",
    runElsewhere: "التشغيل المذكور في هذا العنوان ليس لهذا العرض.",
    removed: "لم يعد ملف هذا العرض موجودًا. يبقى ما في الصفحة إلى أن تغادرها.",
    stale: (file) => `في ${file} خطأ منذ آخر حفظ. فيما يلي العرض كما كان قبل ذلك.`,
    broken: "في هذا العرض خطأ. يعود تلقائيًا عند حفظ الملف دون الخطأ.",
    required: (label) => `${label} مطلوب.`,
    traceback: "تتبع الخطأ",
    repair: "إصلاح الملف",
    notRepaired: (reason) => `لم يُصلح الملف: ${reason}`,
    repairBy: (title) => `إصلاح: ${title}`,
    warnings: (amount) => `${counted(amount, WARNING)} في ملف هذا العرض`,
    toStage: "العرض أمام جمهور",
    others: "عروض أخرى",
    previous: (title) => `السابق: ${title}`,
    next: (title) => `التالي: ${title}`,
    fullScreen: "ملء الشاشة",
  },

  log: {
    connectionLost: "انقطع الاتصال.",
    connectedAgain: "عاد الاتصال.",
    attached: "تم الارتباط بالتشغيل المذكور في العنوان.",
    fileBroken: "في الملف خطأ الآن.",
    fileRead: "أُعيدت قراءة الملف.",
    notRead: (reason) => `تعذرت إعادة قراءة العرض: ${reason}`,
    notStarted: (action, reason) => `لم يبدأ ${action}: ${reason}`,
    notStopped: (reason) => `لم يصل طلب الإيقاف: ${reason}`,
    stopWaits: (reason) => `تعذر إرسال طلب الإيقاف وسيُرسل مرة أخرى: ${reason}`,
    notRecognised: (problem) => `تعذرت قراءة أحد أحداث التشغيل فتم تجاوزه: ${problem}`,
  },

  server: {
    unreachable: "تعذر الوصول إلى الخادم.",
    unanswered: "تعذر الوصول إلى الخادم. إن كان قد تلقى الطلب مع ذلك، فسينتهي ذلك التشغيل تلقائيًا.",
    answered: (status) => `أجاب الخادم بالرمز ${status}`,
  },

  run: {
    notStarted: "لم يبدأ",
    sending: "جارٍ الإرسال…",
    starting: "جارٍ البدء…",
    startingUsually: (usually) => `جارٍ البدء، عادةً ${usually}`,
    waiting: "في الانتظار",
    nextInLine: "التالي في الدور",
    inLine: (position) => `رقم ${position} في الدور`,
    about: (place, eta) => `${place}، نحو ${eta}`,
    stopping: "جارٍ الإيقاف",
    stopWaits: "لم يُرسل طلب الإيقاف بعد",
    failed: "فشل",
    lost: "مفقود",
    connectionLost: "انقطع الاتصال",
    step: (unit, index) => `${unit ?? "خطوة"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "خطوة"} ${index} من ${total}`,
    canceled: {
      visitor: "أُوقف",
      superseded: "حل محله تشغيل أحدث",
      left: "أُوقف، لم يكن أحد يشاهد",
      server: "أوقفه الخادم",
    },
    announcement: {
      finished: (action) => `${action}: اكتمل`,
      failed: (action) => `${action}: فشل`,
      canceled: (action, how) => `${action}: ${how}`,
      lost: (action) => `${action}: فُقد، لم يعد لدى الخادم`,
      after: (what, duration) => `${what} بعد ${duration}`,
      because: (what, message) => `${what}: ${message}`,
      refused: (action, reason) => `رُفض ${action}: ${reason}`,
    },
    faults: {
      visitor: "المدخلات غير مناسبة",
      author: "في ملف YAML للعرض خطأ",
      developer: "فشلت شيفرة العرض",
      worker: "انتهت عملية العرض",
      server: "واجه الخادم مشكلة",
      limit: "بُلغ أحد الحدود",
    },
    fault: "فشل التشغيل",
  },

  size: {
    words: (amount) => counted(amount, WORD),
    lines: (amount) => counted(amount, LINE),
    rows: (amount) => counted(amount, ROW),
    pictures: (amount) => counted(amount, PICTURE),
    areas: (amount) => counted(amount, AREA),
    files: (amount) => counted(amount, FILE),
    audio: (duration) => `${duration} من الصوت`,
    video: (duration) => `${duration} من الفيديو`,
  },

  stream: {
    behind: (duration) => `متأخر ${duration}`,
    ready: (duration) => `${duration} جاهزة`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "يعمل عند كل تغيير",
    every: (duration) => `يعمل كل ${duration}`,
    stop: "إيقاف",
    stopping: "جارٍ الإيقاف…",
    pause: "إيقاف مؤقت",
    goOn: "متابعة",
    send: "إرسال",
  },

  inputs: {
    reset: "إعادة الضبط",
    resetOf: (label) => `إعادة ضبط ${label}`,
    examples: "أمثلة",
    required: "مطلوب",
    unknown: (type) => `لا تعرف هذه الصفحة بعد مدخلات من النوع «${type}». أعد تحميلها للحصول على الأحدث.`,
    valueOf: (label) => `${label}، القيمة`,
    colorText: (label) => `${label}، كنص`,
    lowest: (label) => `${label}، من`,
    highest: (label) => `${label}، إلى`,
    between: (minimum, maximum) => `من ${minimum} إلى ${maximum}`,
    from: (minimum) => `من ${minimum}`,
    upTo: (maximum) => `حتى ${maximum}`,
    choose: "اختر…",
    chooseOrType: "اختر أو اكتب…",
    addYourOwn: "أضف قيمة من عندك…",
    addValue: "إضافة قيمة",
    removeValue: (value) => `إزالة ${value}`,
    forInput: (words, label) => `${words}: ${label}`,
    record: "تسجيل",
    nothingRecorded: "لم يُسجَّل شيء.",
  },

  files: {
    uploading: (file) => `جارٍ رفع ${file}`,
    notSent: (file, reason) => `تعذر إرسال ${file}. ${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `حجم ${file} هو ${figures.bytes(found_bytes)}، والحد الأقصى ${figures.bytes(most_bytes)}.`,
    chooseFor: (label) => `اختر ملفًا لـ ${label}`,
    remove: "إزالة",
    removeFor: (label) => `إزالة ما اختير لـ ${label}`,
    upTo: (most_bytes) => `حتى ${figures.bytes(most_bytes)}`,
    any: {
      one: "أفلت ملفًا هنا أو انقر للاختيار",
      several: "أفلت ملفات هنا أو انقر للاختيار",
      chosen: "اختير ملف.",
      remove: (file, label) => `إزالة ${file} من ${label}`,
      refused: (file) => `نوع الملف ${file} غير مقبول هنا.`,
    },
    attach: "إرفاق ملفات",
  },

  location: {
    noPicture: "تظهر الصورة هنا بمجرد وجودها.",
    notLoaded: "تعذّر تحميل الصورة.",
    hint: {
      point: "انقر داخل الصورة أو اكتب الأرقام.",
      box: "ارسم إطارًا فوق الصورة أو اكتب الأرقام.",
    },
    numbered: { point: (place) => `نقطة ${place}`, box: (place) => `إطار ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "العرض", height: "الارتفاع" },
    add: { point: "إضافة نقطة", box: "إضافة إطار" },
    remove: (name) => `إزالة ${name}`,
  },
  pictures: arabicPictures,
  sketch: arabicSketch,

  clip: {
    preview: (label) => `معاينة ${label}`,
    unplayable: "لا يستطيع هذا المتصفح تشغيله. سيُرسل كاملًا على أي حال.",
    unmeasured: "مدته غير معروفة هنا، لذا لا يمكن اقتصاصه. سيُرسل كاملًا.",
    start: (label) => `بداية المقطع من ${label}`,
    end: (label) => `نهاية المقطع من ${label}`,
    takeAll: "أخذ الكل",
    fromBeginning: "من البداية",
    audio: {
      invitation: "أفلت ملفًا صوتيًا أو انقر للاختيار",
      chosen: "اختير ملف صوتي.",
      refused: (file) => `الملف الصوتي ${file} غير مقبول هنا.`,
    },
    video: {
      invitation: "أفلت فيديو أو انقر للاختيار",
      chosen: "اختير فيديو.",
      refused: (file) => `الفيديو ${file} غير مقبول هنا.`,
    },
  },

  outputs: {
    formulaTooLarge: "أطول أو أعمق أو أكبر من اللازم",
    formulaNotAllowed: (command) => `‏${command} غير مسموح به`,
    unknown: (type) => `لا تعرف هذه الصفحة بعد مخرجات من النوع «${type}». أعد تحميلها للحصول على الأحدث.`,
    empty: "لا شيء هنا بعد.",
    change: { up: "ارتفاع بمقدار", down: "انخفاض بمقدار" },
    legend: "التسميات",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["من", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "تنقيح", info: "معلومة", warning: "تحذير", error: "خطأ" },
    close: "إغلاق",
    numbered: (name, number, all) => `${name}، ${number} من ${all}`,
    endedEmpty: "انتهى التشغيل قبل أن تكون لهذا المخرج قيمة.",
    none: "كانت القيمة الأخيرة فارغة.",
    misfit: "لا تناسب هذه القيمة مخرجها، لذا تُعرض كما وردت:",
    waiting: "في انتظار الدور",
    working: "جارٍ العمل",
    resumed: (state) => `استؤنف · ${state}`,
    notStarted: "لم يبدأ التشغيل",
    lost: "فُقد التشغيل",
    lostBecause:
      "أُعيد تشغيل الخادم أثناء التشغيل، أو حذفه الخادم بعد ذلك. يبقى هنا ما كان قد عُرض؛ شغّله مرة أخرى للحصول على الباقي.",
    traceback: "تتبع الخطأ",
    notThisKind: (type) => `هذا ليس من النوع ${type}.`,
    newest: "الأحدث",
    more: (amount) => `${amount} أخرى`,
    back: "السابق",
    next: "التالي",
    download: "تنزيل",
    saveCsv: "تنزيل بصيغة CSV",
    savePicture: "تنزيل كصورة",
    figureFailed: (reason: string) => `لا يمكن رسم الشكل: ${reason}`,
    downloadLater: "تنزيل بعد انتهاء التشغيل",
    enlarge: "عرض مكبر",
    zoom: "تكبير",
    copyPicture: "نسخ الصورة",
    share: "مشاركة",
  },

  chart: {
    legend: "الألوان",
    asTable: "عرض كجدول",
    counted: "صف",
    kinds: { line: "مخطط خطي", bar: "مخطط أعمدة", area: "مخطط مساحي", scatter: "مخطط نقطي" },
    nothing: (name, kind) => `${name}. ${kind} بلا نقاط.`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}. ${kind} لـ ${series.join("، ")}: ${counted(amount, POINT)}، من ${low} إلى ${high}. ` +
      "تقرأ مفاتيح الأسهم النقاط واحدة تلو الأخرى.",
  },

  copy: {
    text: "نسخ النص",
    asJson: "نسخ بصيغة JSON",
    asCsv: "نسخ بصيغة CSV",
    number: "نسخ الرقم",
    answer: "نسخ الإجابة",
    yaml: "نسخ YAML",
    html: "نسخ HTML",
    log: "نسخ السجل",
    named: (name) => `نسخ ${name}`,
    copied: "تم النسخ",
  },

  shortcuts: {
    title: "اختصارات لوحة المفاتيح",
    run: "التشغيل أو إرسال الرسالة",
    find: "البحث عن عرض",
    newLine: "سطر جديد في رسالة",
    stop: "إيقاف الإجابة",
    turn: "العرض التوضيحي التالي أو السابق أمام الجمهور",
    leave: "خروج",
    list: "هذه القائمة",
  },

  capture: {
    asking: "في انتظار إذنك…",
    ready: "الكاميرا تعمل",
    recording: "جارٍ التسجيل",
    recordAgain: "تسجيل مجددًا",
    cameraPicture: "ما تراه الكاميرا",
    outOf: (longest) => ` من ${longest}`,
    stop: "إيقاف",
    stopFor: (label) => `إيقاف تسجيل ${label}`,
    discard: "تجاهل",
    discardFor: (label) => `تجاهل تسجيل ${label}`,
    notAllowed: (device) =>
      `لا يُسمح لهذه الصفحة باستخدام ${DEVICES[device]}. اسمح بذلك في المتصفح بجانب العنوان وحاول مرة أخرى.`,
    notSecure: (device) => `لا يمكن استخدام ${DEVICES[device]} إلا عبر https. اختر ملفًا بدلًا من ذلك.`,
    notFound: (device) => `تعذر العثور على ${DEVICES[device]}. صِل جهازًا أو اختر ملفًا.`,
    notReadable: (device) => `لا يمكن استخدام ${DEVICES[device]} الآن: ربما يستخدمه برنامج آخر.`,
    failed: (device, reason) => `لا يمكن استخدام ${DEVICES[device]}. ${reason}`.trim(),
    take: "التقاط الصورة",
    switchCamera: "التبديل إلى الكاميرا التالية",
    leave: "إغلاق",
    nothingShared: "لم تُختر شاشة ولا نافذة ولا علامة تبويب، لذلك لا توجد صورة.",
    noScreens: "هذا المتصفح لا يشارك شاشته. اختر ملفًا بدلًا من ذلك.",
  },

  api: {
    firstTheFile: "الملف أولًا؛ تحتوي الإجابة على معرّفه.",
    fileId: (address) => `FILE_ID: ما يجيب به POST للملف إلى ${address}.`,
  },

  tableEditor: {
    cell: (column, row) => `${column}، الصف ${row}`,
    add: "إضافة صف",
    remove: "إزالة",
    removeRow: (row) => `إزالة الصف ${row}`,
    load: "تحميل CSV",
    leftOut: (columns) => `أُهملت أعمدة ليست في هذا الجدول: ${counted(columns, COLUMN)}.`,
    tooMany: (most, rows) => `الحد الأقصى للصفوف ${most}، وأُهمل ما زاد: ${counted(rows, ROW)}.`,
  },

  catalog: {
    tags: "الوسوم",
    allTags: "الكل",
    found: (found, all) => `${found} من ${all} عروض`,
    noMatch: "لا يوجد عرض مطابق.",
    showAll: "إظهار الكل",
    mistake: "في هذا العرض خطأ.",
    skipped: (files) => `تم تخطي ملفات لا تحتوي على \`gradstream: 1\`: ${counted(files, FILE)}.`,
    empty: "لا توجد عروض بعد",
    firstDemo:
      "اكتب `gradstream new my_demo` في هذا المجلد، أو ضع هذين الملفين في المجلد `demos`. " +
      "تعرض الصفحة العرض فور حفظهما.",
  },

  gallery: {
    invitation: "أفلت صورًا أو الصقها أو انقر للاختيار",
    caption: "تعليق",
    captionOf: (file) => `تعليق ${file}`,
    earlier: "إلى الأمام",
    later: "إلى الخلف",
    moved: (words, file) => `${words}: ${file}`,
    placed: (file, place, all) => `أصبح ${file} رقم ${place} من ${all}`,
  },

  paging: {
    rows: "الصفوف",
    rowsShown: (first, last, all) => `${first}–${last} من ${all}`,
    columns: "الأعمدة",
    columnsShown: (first, last, all) => `الأعمدة ${first}–${last} من ${all}`,
  },

  compare: {
    before: "قبل",
    after: "بعد",
    compare: (name) => `${name}: مقدار ما يظهر من الصورة السابقة`,
  },

  recorded: {
    recorded: (when) => `تسجيل لهذا المثال، أُنشئ في ${when}.`,
    runNow: "شغّله الآن",
  },

  codeFields: {
    tabIndents: "مفتاح Tab يزيح النص. للخروج من الحقل اضغط Escape ثم Tab.",
    notJson: "هذا ليس JSON بعد.",
    notJsonIn: (line) => `هذا ليس JSON بعد: انظر السطر ${line}.`,
    jsonText: "هذا نص فقط: اكتب كائنًا أو قائمة أو رقمًا أو true أو false.",
  },

  logView: {
    nothingLogged: "لم يُسجَّل شيء بعد.",
    lines: (amount) => counted(amount, LINE),
    lastLines: (drawn, amount) => `آخر ${drawn} من ${amount} سطر؛ النسخة تحتوي على الكل`,
    cutLine: (characters) => ` … (${characters} حرفًا آخر؛ النسخة تحتوي على الكل)`,
  },

  tabs: {
    about: "عن هذا العرض",
    parts: "الأجزاء",
    names: { yaml: "YAML", api: "API", log: "السجل" },
    action: "الإجراء",
    nothingToCall: "لا يوجد ما يُستدعى إلى أن يُصلح الخطأ.",
  },

  models: arabicModels,
  folder: arabicFolder,
  chat: arabicChat,
  player: arabicPlayer,
};
