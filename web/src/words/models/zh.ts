import type { ModelWords } from "./en.ts";

export const chineseModels: ModelWords = {
  invitation: "拖放 3D 模型，或点击选择",
  chosen: "已选择一个 3D 模型。",
  refused: (file) => `${file} 不是此处接受的 3D 模型。`,
  loading: "正在加载 3D 模型…",
  view: (label) => `${label}，3D 模型`,
  triangles: (amount) => `三角形：${amount}`,
  points: (amount) => `点：${amount}`,
  outside: (amount) => `它引用但不会加载的文件：${amount}`,
  keys: "拖动可旋转，用右键或两指拖动可移动。方向键旋转，按住 Shift 则移动；加号和减号缩放，0 重置视图。",
  zoomIn: "放大",
  zoomOut: "缩小",
  reset: "重置视图",
  trouble: {
    noWebgl: "此浏览器无法在此绘制 3D：缺少 WebGL 或已关闭。",
    damaged: "文件已损坏，或不是可以显示的 3D 模型。",
    compressed: "该文件的压缩方式无法在此显示。",
    outside: "形状在另一个文件中，该文件不会加载。",
    nothing: "文件中没有形状。",
    notLoaded: "无法加载 3D 模型。",
    lost: "浏览器已停止绘制 3D。重新加载页面即可再次查看。",
  },
};
