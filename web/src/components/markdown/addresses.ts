/** Addresses that stand in a text without brackets, as in GitHub's dialect. */
import { matchAt } from "./tags.ts";

interface FoundAddress {
  readonly text: string;
  readonly address: string;
}

const WEB = /(?:https?:\/\/|www\.)[^\s<>[\]`"]{1,2000}/iy;
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])/y;
const DOMAIN = /^(?:https?:\/\/)?[^\s/?#:]*[\p{L}\d]/iu;

/** The address that begins here. */
export function addressAt(text: string, at: number): FoundAddress | null {
  const web = matchAt(WEB, text, at)?.[0];
  if (web !== undefined) {
    const found = withoutEnd(web);
    if (!DOMAIN.test(found) || /^(?:https?:\/\/|www\.)$/i.test(found)) return null;
    return { text: found, address: /^www\./i.test(found) ? `http://${found}` : found };
  }
  const mail = matchAt(MAIL, text, at)?.[0];
  return mail === undefined || mail.endsWith("-") || mail.endsWith("_")
    ? null
    : { text: mail, address: `mailto:${mail}` };
}

/** Where an address may begin: each of these is looked at once. */
export function addressStarts(text: string): readonly number[] {
  const starts: number[] = [];
  const first = /https?:\/\/|www\.|@/gi;
  for (let found = first.exec(text); found !== null; found = first.exec(text)) {
    const start = found[0] === "@" ? mailStart(text, found.index) : found.index;
    if (start < found.index + 1 && isBorder(text.charAt(start - 1)) && start > (starts.at(-1) ?? -1))
      starts.push(start);
  }
  return starts;
}

function mailStart(text: string, at: number): number {
  let start = at;
  while (at - start < 64 && /[\w.+-]/.test(text.charAt(start - 1))) start -= 1;
  return start === at ? at + 1 : start;
}

function isBorder(before: string): boolean {
  return before === "" || /[\s*_~(["'>|:,;（「、。，：]/.test(before);
}

/** Without the punctuation of the sentence around the address. */
function withoutEnd(found: string): string {
  let end = found.length;
  for (;;) {
    const last = found.charAt(end - 1);
    if (/[?!.,:;*_~'"]/.test(last)) {
      const entity = last === ";" ? /&[a-zA-Z0-9]+;$/.exec(found.slice(Math.max(0, end - 40), end)) : null;
      end -= entity?.[0].length ?? 1;
    } else if (last === ")" && isUnbalanced(found.slice(0, end))) end -= 1;
    else return found.slice(0, end);
  }
}

function isUnbalanced(text: string): boolean {
  return text.split(")").length > text.split("(").length;
}
