"""What may be wrong with a text that is not YAML: a mistake with the changes that would make it YAML."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gradstream.document.line_index import LINE_BREAK, Stretch
from gradstream.document.mistakes import Mistake, Rewrite

CODE = "E-PASTED"


class Line(NamedTuple):
    """A line of a text, without its break; `end` is where the next one begins."""

    text: str
    start: int
    end: int

    @property
    def whole(self) -> Stretch:
        """The line with its break."""
        return Stretch(self.start, self.end)

    @property
    def content(self) -> Stretch:
        """The line without spaces around it, and without its break."""
        left = len(self.text) - len(self.text.lstrip())
        return Stretch(self.start + left, self.start + max(left, len(self.text.rstrip())))

    @property
    def indent(self) -> int:
        """How many characters are before the first other character."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.text.strip()


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text."""
    lines, start = [], 0
    for found in LINE_BREAK.finditer(text):
        lines.append(Line(text[start : found.start()], start, found.end()))
        start = found.end()
    if start < len(text):
        lines.append(Line(text[start:], start, len(text)))
    return lines


def pasted(
    stretch: Stretch,
    message: str,
    *,
    expected: str,
    found: str,
    repair: str,
    parts: Sequence[tuple[Stretch, str]] = (),
    code: str = CODE,
    otherwise: str = "",
) -> Mistake:
    """Return a mistake with one way to repair it: parts of the text, each with what takes its place."""
    rewrites = (Rewrite(title=repair.partition(":")[0], parts=tuple(parts)),) if parts else ()
    return Mistake(
        stretch=stretch,
        code=code,
        message=message,
        expected=expected,
        found=found,
        repair=repair,
        changes=rewrites,
        otherwise=otherwise,
    )


def rewritten(text: str, rewrite: Rewrite) -> str:
    """Return the text after a change."""
    parts, at = [], 0
    for stretch, new in sorted(rewrite.parts):
        parts += [text[at : stretch.start], new]
        at = stretch.end
    return "".join([*parts, text[at:]])


def shown(text: str, longest: int = 40) -> str:
    """Return a text as it can be quoted in a message, with what cannot be seen as U+ numbers."""
    line = LINE_BREAK.split(text.strip())[0]
    short = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return f"`{INVISIBLE.sub(lambda found: f'<{number(found.group())}>', short)}`"


def number(character: str) -> str:
    """Return a character's number: U+00A0."""
    return f"U+{ord(character):04X}"


def key_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that begin a key at the edge of the file."""
    return (line for line in lines if KEY_AT_EDGE.match(line.text))


BULLETS = "•·∙⁃‣▪◦●○■□◆◇►▶➤➢✓✔✗✘☐☑☒–—―‐‑‒−－﹣※"
"""Signs before the members of a list elsewhere; none of them begins a member in YAML."""

INVISIBLE = re.compile(
    "[\u00a0\u00ad\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\ufe00-\ufe0f\uffa0]"
)
KEY_AT_EDGE = re.compile(r"[A-Za-z_][\w-]*\s*:(\s|$)")
