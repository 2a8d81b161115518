import type { ChatWords } from "./en.ts";

export const chineseChat: ChatWords = {
  you: "您",
  answer: "回答",
  thinking: "正在思考",
  parts: { image: "图片", audio: "声音", video: "视频", table: "表格", file: "文件" },
  like: "回答得好",
  dislike: "回答得不好",
  fileGone: "这里曾有一个文件，它随其运行一起保存。",
  write: "输入消息…",
  sendByKey: "发送（Enter）",
  stop: "停止",
  askAgain: "再问一次",
  takeBack: "撤回",
  own: { edit: "修改您的消息", field: "您的消息", cancel: "取消", options: "建议" },
  clear: "清空",
};
