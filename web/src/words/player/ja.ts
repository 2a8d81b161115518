import type { PlayerWords } from "./en.ts";

export const japanesePlayer: PlayerWords = {
  play: "再生",
  pause: "一時停止",
  soundOn: "音声をオン",
  soundOff: "音声をオフ",
  live: "ライブ",
  fromStart: "最初から",
  position: (label) => `${label} の再生位置`,
  downloadIt: "ダウンロード",
  connectionLost: "接続が切れました。再試行しています…",
  stalls: {
    more: "続きを待っています。デモはまだ次の部分を送っていません。",
    loading: "次の部分を受信しています…",
    late: "再生が始まりません。最初の部分が届いていないか、このブラウザーでは開けません。",
    stuck: "届いていますが、このブラウザーは続きを再生しません。",
  },
  noFullScreen: "このブラウザーでは全画面表示できません。",
  momentOf: (position, end) => `${position}、全 ${end}`,
  unplayable: "このブラウザーでは再生できませんでした。",
  unplayableType: (mime) => `このブラウザーは ${mime} を再生できません。`,
  noDevice: "音声を再生する機器がありません。接続してもう一度実行してください。",
  failed: "再生中に問題が起きました。",
  undecodable: "このブラウザーはストリームの一部をデコードできませんでした。",
  streamGone: "このストリームはもうサーバーにありません。",
  restGone: "このストリームの残りはもうサーバーにありません。",
};
