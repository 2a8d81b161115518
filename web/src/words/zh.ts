/** Chinese, in simplified characters. */
import type { Words } from "./en.ts";
import { countingIn, figuresIn } from "./figures.ts";
import { chineseChat } from "./chat/zh.ts";
import { chineseFolder } from "./folder/zh.ts";
import { chineseModels } from "./models/zh.ts";
import { chinesePlayer } from "./player/zh.ts";
import { chinesePictures, chineseSketch } from "./pictures/zh.ts";

type Device = "audio" | "video" | "screen";

const DEVICES: Readonly<Record<Device, string>> = { audio: "麦克风", video: "摄像头", screen: "屏幕" };

const figures = figuresIn("zh-Hans", { second: " 秒", minute: " 分", millisecond: " 毫秒", percent: "%" });
const phrase = countingIn<"other">("zh-Hans");

function counted(amount: number, unit: string): string {
  return phrase(amount, { other: `# ${unit}` });
}

export const chinese: Words = {
  figures,

  page: {
    docs: "文档",
    connectionLost: "连接已断开，正在重新连接…",
    tryNow: "立即重试",
    scheme: { light: "显示浅色页面", dark: "显示深色页面" },
    signedIn: (name) => `已登录：${name}`,
    signOut: "退出登录",
    tooOld: (missing) => `此浏览器版本过旧，本页面需要 ${missing}。`,
    incomplete: "页面的一部分未能加载。请重新加载页面。",
    notFound: "页面不存在",
    noSuchPage: "此地址没有演示。它可能已被重命名或移除。",
    allDemos: "全部演示",
  },

  finder: {
    find: "查找演示",
    demos: "演示",
    noSuchDemo: "没有这个名称的演示。",
    broken: "有错误",
  },

  demo: {
    inputs: "输入",
    outputs: "输出",
    settings: "设置",
    runForgotten: "服务器上已没有此地址中的运行：服务器重启过，或已在运行结束一小时后将其清除。请重新运行。",
    runElsewhere: "此地址中的运行不属于这个演示。",
    removed: "此演示的文件已被删除。页面上的内容会保留到您离开为止。",
    stale: (file) => `${file} 自上次保存后有错误。下面是此前的演示。`,
    broken: "此演示有错误。改正并保存文件后，它会自动恢复。",
    required: (label) => `${label} 为必填项。`,
    traceback: "错误回溯",
    repair: "修复文件",
    notRepaired: (reason) => `文件未修复：${reason}`,
    repairBy: (title) => `修复：${title}`,
    warnings: (amount) => `此演示的文件有 ${counted(amount, "条警告")}`,
    toStage: "向观众展示",
    others: "其他演示",
    previous: (title) => `上一个：${title}`,
    next: (title) => `下一个：${title}`,
    fullScreen: "全屏",
  },

  log: {
    connectionLost: "连接已断开。",
    connectedAgain: "已重新连接。",
    attached: "已接入地址中的运行。",
    fileBroken: "文件现在有错误。",
    fileRead: "文件已重新读取。",
    notRead: (reason) => `无法重新读取演示：${reason}`,
    notStarted: (action, reason) => `${action} 未启动：${reason}`,
    notStopped: (reason) => `停止请求未被接收：${reason}`,
    stopWaits: (reason) => `停止请求未能发送，将再次发送：${reason}`,
    notRecognised: (problem) => `运行的一个事件无法读取，已略过：${problem}`,
  },

  server: {
    unreachable: "无法连接到服务器。",
    unanswered: "无法连接到服务器。如果它已收到请求，该运行会自行结束。",
    answered: (status) => `服务器返回了 ${status}`,
  },

  run: {
    notStarted: "未启动",
    sending: "正在发送…",
    starting: "正在启动…",
    startingUsually: (usually) => `正在启动，通常需要 ${usually}`,
    waiting: "等待中",
    nextInLine: "下一个就轮到",
    inLine: (position) => `排在第 ${position} 位`,
    about: (place, eta) => `${place}，约 ${eta}`,
    stopping: "正在停止",
    stopWaits: "停止请求尚未发送",
    failed: "失败",
    lost: "已丢失",
    connectionLost: "连接已断开",
    step: (unit, index) => `${unit ?? "步骤"} ${index}`,
    stepOf: (unit, index, total) => `${unit ?? "步骤"} ${index} / ${total}`,
    canceled: {
      visitor: "已停止",
      superseded: "已被较新的运行取代",
      left: "已停止，无人观看",
      server: "已被服务器停止",
    },
    announcement: {
      finished: (action) => `${action} 已完成`,
      failed: (action) => `${action} 失败`,
      canceled: (action, how) => `${action} ${how}`,
      lost: (action) => `${action} 已丢失：服务器上已没有它`,
      after: (what, duration) => `${what}，用时 ${duration}`,
      because: (what, message) => `${what}：${message}`,
      refused: (action, reason) => `${action} 被拒绝：${reason}`,
    },
    faults: {
      visitor: "输入不合要求",
      author: "演示的 YAML 有错误",
      developer: "演示的代码出错",
      worker: "演示的进程已结束",
      server: "服务器出现问题",
      limit: "已达到限制",
    },
    fault: "运行失败",
  },

  size: {
    words: (amount) => counted(amount, "个词"),
    lines: (amount) => counted(amount, "行"),
    rows: (amount) => counted(amount, "行"),
    pictures: (amount) => counted(amount, "张图片"),
    areas: (amount) => counted(amount, "个区域"),
    files: (amount) => counted(amount, "个文件"),
    audio: (duration) => `${duration}的声音`,
    video: (duration) => `${duration}的视频`,
  },

  stream: {
    behind: (duration) => `落后 ${duration}`,
    ready: (duration) => `已缓冲 ${duration}`,
  },

  actions: {
    keys: (isMac) => (isMac ? "⌘ ↵" : "Ctrl ↵"),
    everyChange: "每次更改时运行",
    every: (duration) => `每 ${duration}运行一次`,
    stop: "停止",
    stopping: "正在停止…",
    pause: "暂停",
    goOn: "继续",
    send: "发送",
  },

  inputs: {
    reset: "重置",
    resetOf: (label) => `重置 ${label}`,
    examples: "示例",
    required: "必填",
    unknown: (type) => `此页面还不认识“${type}”类型的输入。请重新加载页面以获取最新版本。`,
    valueOf: (label) => `${label}，数值`,
    colorText: (label) => `${label}，文本形式`,
    lowest: (label) => `${label}，下限`,
    highest: (label) => `${label}，上限`,
    between: (minimum, maximum) => `${minimum} 至 ${maximum}`,
    from: (minimum) => `最小 ${minimum}`,
    upTo: (maximum) => `最大 ${maximum}`,
    choose: "请选择…",
    chooseOrType: "选择或输入…",
    addYourOwn: "添加自定义值…",
    addValue: "添加值",
    removeValue: (value) => `移除 ${value}`,
    forInput: (words, label) => `${words}：${label}`,
    record: "录制",
    nothingRecorded: "没有录到内容。",
  },

  files: {
    uploading: (file) => `正在上传 ${file}`,
    notSent: (file, reason) => `${file} 未能发送。${reason}`,
    tooLarge: (file, found_bytes, most_bytes) =>
      `${file} 的大小为 ${figures.bytes(found_bytes)}；最多接受 ${figures.bytes(most_bytes)}。`,
    chooseFor: (label) => `为 ${label} 选择文件`,
    remove: "移除",
    removeFor: (label) => `移除为 ${label} 选择的内容`,
    upTo: (most_bytes) => `最大 ${figures.bytes(most_bytes)}`,
    any: {
      one: "拖放一个文件，或点击选择",
      several: "拖放文件，或点击选择",
      chosen: "已选择一个文件。",
      remove: (file, label) => `从 ${label} 中移除 ${file}`,
      refused: (file) => `这里不接受 ${file} 这种文件。`,
    },
    attach: "添加附件",
  },

  location: {
    noPicture: "有图片后会显示在这里。",
    notLoaded: "图片无法加载。",
    hint: {
      point: "在图片中点击，或输入数字。",
      box: "在图片上画一个框，或输入数字。",
    },
    numbered: { point: (place) => `点 ${place}`, box: (place) => `框 ${place}` },
    coordinates: {
      point: ({ x, y }) => `x ${x}, y ${y}`,
      box: ({ x, y, width, height }) => `x ${x}, y ${y}, ${width} × ${height}`,
    },
    sides: { x: "x", y: "y", width: "宽", height: "高" },
    add: { point: "添加一个点", box: "添加一个框" },
    remove: (name) => `移除${name}`,
  },
  pictures: chinesePictures,
  sketch: chineseSketch,

  clip: {
    preview: (label) => `${label} 的预览`,
    unplayable: "此浏览器无法播放。仍会完整发送。",
    unmeasured: "无法得知其长度，因此不能剪裁。会完整发送。",
    start: (label) => `${label} 片段的起点`,
    end: (label) => `${label} 片段的终点`,
    takeAll: "全部使用",
    fromBeginning: "从头开始",
    audio: {
      invitation: "拖放音频，或点击选择",
      chosen: "已选择一段音频。",
      refused: (file) => `这里不接受 ${file} 这种音频。`,
    },
    video: {
      invitation: "拖放视频，或点击选择",
      chosen: "已选择一段视频。",
      refused: (file) => `这里不接受 ${file} 这种视频。`,
    },
  },

  outputs: {
    formulaTooLarge: "过长、嵌套过深或过大",
    formulaNotAllowed: (command) => `不允许使用 ${command}`,
    unknown: (type) => `此页面还不认识“${type}”类型的输出。请重新加载页面以获取最新版本。`,
    empty: "这里还没有内容。",
    change: { up: "上升", down: "下降" },
    legend: "标注",
    counted: (done, total, unit) =>
      [done, ...(total === null ? [] : ["/", total]), ...(unit === null ? [] : [unit])].join(" "),
    levels: { debug: "调试", info: "信息", warning: "警告", error: "错误" },
    close: "关闭",
    numbered: (name, number, all) => `${name}，第 ${number} 个，共 ${all} 个`,
    endedEmpty: "运行结束时，此输出还没有值。",
    none: "最后一个值为空。",
    misfit: "此值与其输出不符，因此按原样显示：",
    waiting: "正在排队",
    working: "正在运行",
    resumed: (state) => `已恢复 · ${state}`,
    notStarted: "运行未启动",
    lost: "运行已丢失",
    lostBecause:
      "运行期间服务器重启过，或之后已将其清除。它已显示的内容保留在此；要得到其余部分，请重新运行。",
    traceback: "错误回溯",
    notThisKind: (type) => `这不是 ${type} 类型。`,
    newest: "最新",
    more: (amount) => `另有 ${amount} 个`,
    back: "上一页",
    next: "下一页",
    download: "下载",
    saveCsv: "下载为 CSV",
    savePicture: "下载为图片",
    figureFailed: (reason: string) => `无法绘制此图：${reason}`,
    downloadLater: "运行结束后可下载",
    enlarge: "放大显示",
    zoom: "缩放",
    copyPicture: "复制图片",
    share: "分享",
  },

  chart: {
    legend: "颜色",
    asTable: "显示为表格",
    counted: "行",
    kinds: { line: "折线图", bar: "柱状图", area: "面积图", scatter: "散点图" },
    nothing: (name, kind) => `${name}。${kind}，没有数据点。`,
    summary: (name, kind, series, { amount, low, high }) =>
      `${name}。${series.join("、")} 的${kind}：${counted(amount, "个点")}，从 ${low} 到 ${high}。` +
      "用方向键逐个朗读。",
  },

  copy: {
    text: "复制文本",
    asJson: "复制为 JSON",
    asCsv: "复制为 CSV",
    number: "复制数字",
    answer: "复制回答",
    yaml: "复制 YAML",
    html: "复制 HTML",
    log: "复制日志",
    named: (name) => `复制 ${name}`,
    copied: "已复制",
  },

  shortcuts: {
    title: "键盘快捷键",
    run: "运行，或发送消息",
    find: "查找演示",
    newLine: "在消息中换行",
    stop: "停止回答",
    turn: "展示时切换到下一个或上一个演示",
    leave: "退出",
    list: "此列表",
  },

  capture: {
    asking: "正在等待您的许可…",
    ready: "摄像头已打开",
    recording: "正在录制",
    recordAgain: "重新录制",
    cameraPicture: "摄像头画面",
    outOf: (longest) => ` / ${longest}`,
    stop: "停止",
    stopFor: (label) => `停止录制 ${label}`,
    discard: "放弃",
    discardFor: (label) => `放弃 ${label} 的录制`,
    notAllowed: (device) => `此页面不能使用${DEVICES[device]}。请在浏览器地址栏旁允许使用，然后重试。`,
    notSecure: (device) => `只有通过 https 才能使用${DEVICES[device]}。请改为选择文件。`,
    notFound: (device) => `这里没有${DEVICES[device]}。请连接设备，或选择文件。`,
    notReadable: (device) => `现在无法使用${DEVICES[device]}：可能正被其他程序占用。`,
    failed: (device, reason) => `无法使用${DEVICES[device]}。${reason}`.trim(),
    take: "拍照",
    switchCamera: "切换到下一个摄像头",
    leave: "关闭",
    nothingShared: "没有选择屏幕、窗口或标签页，因此没有图片。",
    noScreens: "此浏览器不能共享屏幕。请改为选择文件。",
  },

  api: {
    firstTheFile: "先发送文件；响应中有它的标识符。",
    fileId: (address) => `FILE_ID：将文件 POST 到 ${address} 后得到的响应。`,
  },

  tableEditor: {
    cell: (column, row) => `${column}，第 ${row} 行`,
    add: "添加一行",
    remove: "移除",
    removeRow: (row) => `移除第 ${row} 行`,
    load: "加载 CSV",
    leftOut: (columns) => `已略去此表格没有的 ${counted(columns, "列")}。`,
    tooMany: (most, rows) => `最多 ${most} 行：已略去 ${counted(rows, "行")}。`,
  },

  catalog: {
    tags: "标签",
    allTags: "全部",
    found: (found, all) => `${found} / ${all} 个演示`,
    noMatch: "没有匹配的演示。",
    showAll: "显示全部",
    mistake: "此演示有错误。",
    skipped: (files) => phrase(files, { other: "已跳过 # 个不含 `gradstream: 1` 的文件。" }),
    empty: "还没有演示",
    firstDemo:
      "在此文件夹中输入 `gradstream new my_demo`，或将这两个文件放入 `demos` 文件夹。保存后页面会立即显示该演示。",
  },

  gallery: {
    invitation: "拖放或粘贴多张图片，或点击选择",
    caption: "说明文字",
    captionOf: (file) => `${file} 的说明文字`,
    earlier: "前移",
    later: "后移",
    moved: (words, file) => `${words}：${file}`,
    placed: (file, place, all) => `${file} 现在是第 ${place} 张，共 ${all} 张`,
  },

  paging: {
    rows: "行",
    rowsShown: (first, last, all) => `${first}–${last}，共 ${all}`,
    columns: "列",
    columnsShown: (first, last, all) => `第 ${first}–${last} 列，共 ${all} 列`,
  },

  compare: {
    before: "之前",
    after: "之后",
    compare: (name) => `${name}：显示多少之前的图片`,
  },

  recorded: {
    recorded: (when) => `这是此示例的录制结果，录制于 ${when}。`,
    runNow: "立即运行",
  },

  codeFields: {
    tabIndents: "Tab 键缩进。要离开此字段，请先按 Escape 再按 Tab。",
    notJson: "这还不是 JSON。",
    notJsonIn: (line) => `这还不是 JSON：请看第 ${line} 行。`,
    jsonText: "这只是文本：请写一个对象、列表、数字、true 或 false。",
  },

  logView: {
    nothingLogged: "还没有日志。",
    lines: (amount) => counted(amount, "行"),
    lastLines: (drawn, amount) => `最后 ${drawn} 行，共 ${amount} 行；复制可得到全部`,
    cutLine: (characters) => ` …（还有 ${characters} 个字符；复制可得到全部）`,
  },

  tabs: {
    about: "关于此演示",
    parts: "部分",
    names: { yaml: "YAML", api: "API", log: "日志" },
    action: "操作",
    nothingToCall: "改正错误之前，没有可调用的内容。",
  },

  models: chineseModels,
  folder: chineseFolder,
  chat: chineseChat,
  player: chinesePlayer,
};
