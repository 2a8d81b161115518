/** Leaves KaTeX's fonts in one format, which all browsers know that the page is for. */
import type { Plugin } from "vite";

const OTHER_FORMATS = /,url\([^)]*\) format\("(?:woff|truetype)"\)/g;

export function woff2Only(): Plugin {
  return {
    name: "gradstream-woff2-only",
    enforce: "pre",
    transform(code, id) {
      return id.endsWith("/katex.min.css") ? { code: code.replace(OTHER_FORMATS, ""), map: null } : null;
    },
  };
}
