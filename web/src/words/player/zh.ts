import type { PlayerWords } from "./en.ts";

export const chinesePlayer: PlayerWords = {
  play: "播放",
  pause: "暂停",
  soundOn: "打开声音",
  soundOff: "关闭声音",
  live: "直播",
  fromStart: "从头开始",
  position: (label) => `${label} 中的位置`,
  downloadIt: "下载",
  connectionLost: "连接已断开，正在重试…",
  stalls: {
    more: "等待更多内容：演示尚未发送下一部分。",
    loading: "下一部分正在传送…",
    late: "尚未开始播放：开头部分还没有到达，或此浏览器无法打开。",
    stuck: "内容已到达，但此浏览器无法继续播放。",
  },
  noFullScreen: "此浏览器无法全屏显示。",
  momentOf: (position, end) => `${position}，共 ${end}`,
  unplayable: "此浏览器无法播放。",
  unplayableType: (mime) => `此浏览器不能播放 ${mime}。`,
  noDevice: "没有可用的声音设备。请连接设备后重新运行。",
  failed: "播放时出错。",
  undecodable: "此浏览器无法解码流的一部分。",
  streamGone: "服务器上已没有这个流。",
  restGone: "服务器上已没有这个流的其余部分。",
};
