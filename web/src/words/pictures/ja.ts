import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const japanesePictures: Words["pictures"] = {
  invitation: "画像をドロップ、貼り付け、またはクリックして選択",
  chosen: "画像が選択されています。",
  remove: (label) => `${label} の画像を削除`,
  otherKind: (file) => `${file} は画像ではありません。`,
  refused: (file) => `${file} はここで受け付ける画像ではありません。`,
  dropped: "画像をドロップ、またはクリックして選択",
  pasted: "ここをクリックして画像を貼り付け",
  useCamera: "カメラを使う",
  useScreen: "画面を撮影する",
  draw: "絵を描く",
  done: "完了",
};

export const japaneseSketch: SketchWords = {
  canvas: (label) => `${label} の描画領域`,
  keys: "矢印キーでペンを動かします。Shift を押すと少しずつ動きます。スペースキーでペンを下ろしたり上げたりします。",
  down: "ペンを下ろしました",
  up: "ペンを上げました",
  tools: "ツール",
  pen: "ペン",
  eraser: "消しゴム",
  width: "線の太さ",
  color: "ペンの色",
  undo: "元に戻す",
  redo: "やり直す",
  clear: "すべて消す",
  size: "絵の大きさ",
  mask: (label) => `${label} のマスク`,
  noMask: "このブラウザーでは画像を表示できないため、マスクを塗れません。マスクなしで送信されます。",
};
