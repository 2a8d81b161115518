"""What clings to a text that was copied: a chat's fences and words, line numbers, quote marks, a difference.

Also what is not YAML at all: a web page, a program in Python.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import KEY_AT_EDGE, Line, lines_of, pasted, shown

FENCE = re.compile(r"\s*(?P<sign>`{3,}|~{3,})\s*[\w.+-]*\s*$")
PAGE = re.compile(r"\s*(<\?xml|<!doctype|<html|<head|<body|<div|<svg|<!--[^>]*-->\s*<html)", re.IGNORECASE)
PYTHON = re.compile(
    r"(import \w[\w.]*( as \w+)?|from [\w.]+ import .+|def \w+\(.*\).*:|class \w+.*:"
    r"|@\w[\w.]*(\(.*\))?|if __name__.*)$"
)
NUMBERED = re.compile(r"\s*(?P<number>\d+)(?:[:|.)│] ?| +[|│] ?|\t| )")
QUOTED = re.compile(r"> ?")
PROMPT = re.compile(r"\s*(\$|%|❯|➜|PS .*>|[\w.-]+@[\w.-]+[:~][^$#]*[$#])\s+\S")
DIFF_HEAD = re.compile(r"(diff --git .*|index [0-9a-f]+\.\..*|--- \S.*|\+\+\+ \S.*|@@ .*@@.*)$")
MARKER = re.compile(r"[\"']?gradstream[\"']?\s*:")
CAPTION = re.compile(
    r"(?:[\w./-]+\.)?ya?ml|copy|copy code|copied!?|edit|run|share|follow|raw|blame|history|download|wrap"
    r"|retry|expand|collapse|code|preview|view raw",
    re.IGNORECASE,
)
"""A file's name or a language, and words of the buttons beside it, as pages have them above a text."""

TIGHT_DASH = re.compile(r"\s*-(?=[A-Za-z_]\w*:\s)")
FEWEST_NUMBERED = 3


def look_around(text: str) -> Iterator[Mistake]:
    """Yield what may be around a demo's text, or in its place."""
    lines = lines_of(text)
    for look in (_page, _python, _fences, _numbers, _difference, _quotes, _prompt, _talk, _tight_dashes):
        found = look(lines, text)
        if found is not None:
            yield found


def _page(_lines: Sequence[Line], text: str) -> Mistake | None:
    if not PAGE.match(text):
        return None
    return pasted(
        _first(_lines),
        "this is the source of a web page",
        expected="the YAML file itself",
        found=shown(text),
        repair="download the file itself: on GitHub, by the button Raw or Download",
    )


def _python(lines: Sequence[Line], _text: str) -> Mistake | None:
    code = [line for line in lines if line.indent == 0 and PYTHON.match(line.text.rstrip())]
    if not code or any(line.text.startswith("gradstream") for line in lines):
        return None
    return pasted(
        code[0].content,
        "this is a program in Python",
        expected="YAML: `gradstream: 1`, and what the demo has",
        found=shown(code[0].text),
        repair="save it as a file with the ending .py, and name its function under `generator`",
    )


def _fences(lines: Sequence[Line], _text: str) -> Mistake | None:
    fences = [index for index, line in enumerate(lines) if line.indent < 4 and FENCE.match(line.text)]
    if not fences:
        return None
    first, last = fences[0], fences[-1]
    if len(fences) == 1:
        before = any(KEY_AT_EDGE.match(line.text) for line in lines[:first])
        inside = lines[:first] if before else lines[first + 1 :]
    else:
        inside = lines[first + 1 : last]
    outside = [*lines[:first], *lines[last + 1 :]] if len(fences) > 1 else []
    if not inside or any(MARKER.match(line.text) for line in outside):
        # The marker outside: a text of the demo has fences of its own.
        return None
    parts = _all_but(lines, inside[0].start, inside[-1].end)
    return pasted(
        lines[first].content,
        "this is an answer of a chat, with its fences",
        expected="the YAML alone",
        found=shown(lines[first].text),
        repair="remove the lines with the fences, and what is outside of them",
        parts=parts,
    )


def _talk(lines: Sequence[Line], _text: str) -> Mistake | None:
    """Find sentences before the first key and after the last line."""
    keys = [index for index, line in enumerate(lines) if KEY_AT_EDGE.match(line.text)]
    if not keys:
        return None
    first = keys[0]
    before = [line for line in lines[:first] if not line.is_blank and not _is_yaml(line)]
    after = []
    for line in reversed(lines[keys[-1] + 1 :]):
        if not line.is_blank and not _is_sentence(line):
            break
        after.append(line)
    said = [*before, *(line for line in after if not line.is_blank)]
    captions = [line for line in before if _is_caption(line)]
    if not said or not all(_is_sentence(line) or line in captions for line in said):
        return None
    return pasted(
        said[0].content,
        "there are sentences beside the YAML",
        expected="the YAML alone; a note begins with `#`",
        found=shown(said[0].text),
        repair="remove the sentences, or write `# ` before each",
        parts=_all_but(lines, *_kept(lines, said)),
    )


def _kept(lines: Sequence[Line], said: Sequence[Line]) -> tuple[int, int]:
    """Return from where to where the other lines are, without blank lines around them."""
    kept = [line for line in lines if not line.is_blank and line not in said]
    return kept[0].start, kept[-1].end


def _is_yaml(line: Line) -> bool:
    return line.text.lstrip().startswith(("#", "---", "%")) or bool(KEY_AT_EDGE.match(line.text))


def _is_sentence(line: Line) -> bool:
    words = line.text.strip()
    return line.indent == 0 and " " in words and words[:1].isalpha() and not KEY_AT_EDGE.match(words)


def _is_caption(line: Line) -> bool:
    """Return whether a line is what pages show above a text."""
    return line.indent == 0 and bool(CAPTION.fullmatch(line.text.strip()))


def _numbers(lines: Sequence[Line], _text: str) -> Mistake | None:
    filled = [line for line in lines if not line.is_blank]
    found = [NUMBERED.match(line.text) for line in filled]
    matches = [each for each in found if each is not None]
    numbers = [int(each["number"]) for each in matches]
    if len(matches) != len(filled):
        matches = _glued(filled)
        numbers = [int(each["number"]) for each in matches]
    is_counted = len(numbers) >= FEWEST_NUMBERED and all(
        later > earlier for earlier, later in pairwise(numbers)
    )
    if len(matches) != len(filled) or not is_counted:
        return None
    return pasted(
        filled[0].content,
        "each line begins with its number",
        expected="the lines without numbers",
        found=shown(filled[0].text),
        repair="take away the numbers before the lines",
        parts=[
            (Stretch(line.start, line.start + each.end()), "")
            for line, each in zip(filled, matches, strict=True)
        ],
    )


def _glued(filled: Sequence[Line]) -> list[re.Match[str]]:
    """Return the numbers right before lines that are counted from one on; none where they are not."""
    found = [re.match(rf"(?P<number>{count})(?=\D)", line.text) for count, line in enumerate(filled, 1)]
    return [each for each in found if each is not None]


def _quotes(lines: Sequence[Line], _text: str) -> Mistake | None:
    filled = [line for line in lines if not line.is_blank]
    found = [QUOTED.match(line.text) for line in filled]
    if len(filled) < 2 or not all(found):
        return None
    return pasted(
        filled[0].content,
        "each line begins with `>`, as quotes in mail and chats do",
        expected="the lines without it",
        found=shown(filled[0].text),
        repair="take away the `>` before the lines",
        parts=[
            (Stretch(line.start, line.start + each.end()), "")
            for line, each in zip(filled, found, strict=True)
            if each is not None
        ],
    )


def _prompt(lines: Sequence[Line], _text: str) -> Mistake | None:
    found = [line for line in lines if line.indent == 0 and PROMPT.match(line.text)]
    if not found or not any(KEY_AT_EDGE.match(line.text) for line in lines):
        return None
    return pasted(
        found[0].content,
        "a line of a terminal is in the file",
        expected="the YAML alone",
        found=shown(found[0].text),
        repair="remove the lines that begin with the terminal's prompt",
        parts=[(line.whole, "") for line in found],
    )


def _difference(lines: Sequence[Line], _text: str) -> Mistake | None:
    """Find a difference, as version control shows it; the new side is what is meant."""
    heads = [line for line in lines if DIFF_HEAD.match(line.text)]
    signs = [line for line in lines if line.text[:1] == "+" and not DIFF_HEAD.match(line.text)]
    others = [line for line in lines if not line.is_blank and line.text[:1] not in "+- \\"]
    if not signs or any(not DIFF_HEAD.match(line.text) for line in others):
        return None
    parts = []
    for line in lines:
        if DIFF_HEAD.match(line.text) or line.text[:1] in ("-", "\\"):
            parts.append((line.whole, ""))
        elif line.text[:1] in ("+", " "):
            parts.append((Stretch(line.start, line.start + 1), ""))
    return pasted(
        (heads or signs)[0].content,
        "this is a difference between two files",
        expected="the file itself",
        found=shown((heads or signs)[0].text),
        repair="take away the lines that begin with `-` or `@@`, and the first sign of the others",
        parts=parts,
    )


def _tight_dashes(lines: Sequence[Line], _text: str) -> Mistake | None:
    """Find dashes with a key right behind them, which YAML takes for a part of the key."""
    found = [(line, match) for line in lines if (match := TIGHT_DASH.match(line.text))]
    if not found:
        return None
    line, match = found[0]
    at = line.start + match.end()
    return pasted(
        Stretch(at - 1, at),
        "there is no space after a dash",
        expected="a dash and a space",
        found=shown(line.text),
        repair=f"write `- {line.text[match.end() :].strip()}`",
        parts=[(Stretch(each.start + one.end(), each.start + one.end()), " ") for each, one in found],
    )


def _all_but(lines: Sequence[Line], start: int, end: int) -> list[tuple[Stretch, str]]:
    """Return the changes that leave one part of a text."""
    outside = [Stretch(lines[0].start, start), Stretch(end, lines[-1].end)]
    return [(stretch, "") for stretch in outside if stretch.start < stretch.end]


def _first(lines: Sequence[Line]) -> Stretch:
    return next((line.content for line in lines if not line.is_blank), Stretch(0, 0))
