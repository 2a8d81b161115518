import type { Words } from "../en.ts";
import type { SketchWords } from "../sketch/en.ts";

export const chinesePictures: Words["pictures"] = {
  invitation: "拖放或粘贴图片，或点击选择",
  chosen: "已选择一张图片。",
  remove: (label) => `移除 ${label} 的图片`,
  otherKind: (file) => `${file} 不是图片。`,
  refused: (file) => `这里不接受 ${file} 这种图片。`,
  dropped: "拖放图片，或点击选择",
  pasted: "点击此处，然后粘贴图片",
  useCamera: "使用摄像头",
  useScreen: "截取屏幕",
  draw: "画一张图",
  done: "完成",
};

export const chineseSketch: SketchWords = {
  canvas: (label) => `${label} 的绘图区`,
  keys: "方向键移动画笔，按住 Shift 则小步移动。空格键落笔和抬笔。",
  down: "已落笔",
  up: "已抬笔",
  tools: "工具",
  pen: "画笔",
  eraser: "橡皮",
  width: "线条粗细",
  color: "画笔颜色",
  undo: "撤销",
  redo: "重做",
  clear: "全部清除",
  size: "图画大小",
  mask: (label) => `${label} 上的蒙版`,
  noMask: "此浏览器无法显示该图片，因此不能涂抹蒙版。图片将不带蒙版发送。",
};
