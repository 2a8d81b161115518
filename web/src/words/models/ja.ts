import type { ModelWords } from "./en.ts";

export const japaneseModels: ModelWords = {
  invitation: "3D モデルをドロップするか、クリックして選択",
  chosen: "3D モデルが選択されています。",
  refused: (file) => `${file} はここで受け付ける 3D モデルではありません。`,
  loading: "3D モデルを読み込んでいます…",
  view: (label) => `${label}、3D モデル`,
  triangles: (amount) => `三角形: ${amount}`,
  points: (amount) => `点: ${amount}`,
  outside: (amount) => `参照しているが読み込まれないファイル: ${amount}`,
  keys: "ドラッグで回転、右ボタンか 二本の指で移動します。矢印キーで回転、Shift を押しながらで移動、プラスとマイナスで拡大と縮小、0 で表示を元に戻します。",
  zoomIn: "拡大",
  zoomOut: "縮小",
  reset: "表示を元に戻す",
  trouble: {
    noWebgl: "このブラウザーではここに 3D を描けません。WebGL がないか、無効になっています。",
    damaged: "ファイルが壊れているか、表示できる 3D モデルではありません。",
    compressed: "このファイルの圧縮方式はここでは表示できません。",
    outside: "形状は別のファイルにあり、そのファイルは読み込まれません。",
    nothing: "ファイルに形状がありません。",
    notLoaded: "3D モデルを読み込めませんでした。",
    lost: "ブラウザーが 3D の描画を止めました。もう一度見るにはページを再読み込みしてください。",
  },
};
