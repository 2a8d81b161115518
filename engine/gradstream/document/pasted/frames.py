"""What servers, chats and editors have written around a text: a response's head, tags, a window's first line.

HTTP/1.1 200 OK    <think> … </think>    %%writefile demo.yaml    GNU nano 7.2    12 lines (10 loc)
"""

import re
from collections.abc import Callable, Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import Line, pasted, shown

STATUS = re.compile(r"(?:<\s*)?HTTP/\d(?:\.\d)? \d{3}\b")
FIELD = re.compile(r"(?:<\s*)?(?P<name>[A-Za-z][\w-]*): ?\S")
SHORT_FIELDS = frozenset(
    {
        "age",
        "allow",
        "connection",
        "date",
        "etag",
        "expires",
        "link",
        "location",
        "p3p",
        "pragma",
        "server",
        "vary",
    }
    | {"via", "warning", "status"}
)
"""Names of header fields without a dash, none of which is a key of a demo."""

TAG = re.compile(r"\s*</?(?P<name>[A-Za-z][\w:-]*)(?:\s+[\w:-]+=(?:\"[^\"]*\"|'[^']*'))*\s*/?>\s*$")
THOUGHT = re.compile(
    r"[ \t]*<(?P<name>think|thinking|reasoning|scratchpad)>.*?</(?P=name)>[ \t]*\r?\n?", re.DOTALL
)
"""What models think before they answer."""

WINDOW = re.compile(
    r"\s*(?:GNU nano \d.*|%%\w+.*|(?:In|Out) ?\[\d*\]:\s*|\d+ lines? \(\d+ (?:s?loc)\).*"
    r"|\(?(?:END|More)\)?|\"[\w./-]+\" \d+L, \d+[BC].*)\s*$"
)
"""First and last lines of editors, of cells of a notebook, and of a page that shows a file."""

MARKER = re.compile(r"[\"']?gradstream[\"']?\s*:")


def look_at_frames(text: str, lines: Sequence[Line]) -> Iterator[Mistake]:
    """Yield what is around a text; nothing where it is within the demo."""
    for look in (_thought, _response, _tags, _window, _quote):
        found = look(text, lines)
        if found is not None:
            yield found


def _thought(text: str, _lines: Sequence[Line]) -> Mistake | None:
    found = THOUGHT.search(text)
    first = re.search(rf"(?m)^{MARKER.pattern}", text)
    if found is None or (first is not None and first.start() < found.start()):
        return None
    return pasted(
        Stretch(found.start(), found.end("name") + 1),
        "there is what a model has thought, before its answer",
        expected="the YAML alone",
        found=shown(f"<{found['name']}>"),
        repair=f"remove the lines from `<{found['name']}>` to `</{found['name']}>`",
        parts=[(Stretch(*found.span()), "")],
    )


def _response(_text: str, lines: Sequence[Line]) -> Mistake | None:
    """Find a status line with its header fields, or the fields alone, up to a blank line."""
    end = next((index for index, line in enumerate(lines) if line.text.strip() in ("", "<")), 0)
    head = lines[:end]
    fields = [match["name"].lower() for line in head if (match := FIELD.match(line.text))]
    has_status = bool(head) and STATUS.match(head[0].text) is not None
    is_head = len(fields) == len(head) - has_status and all(
        "-" in name or name in SHORT_FIELDS for name in fields
    )
    if not is_head or not (has_status or "content-type" in fields):
        return None
    return pasted(
        head[0].content,
        "the head of a server's response is in the file",
        expected="the YAML alone",
        found=shown(head[0].text),
        repair="remove the lines of the response, up to the blank one",
        parts=[(Stretch(head[0].start, lines[end].end), "")],
    )


def _tags(_text: str, lines: Sequence[Line]) -> Mistake | None:
    return _removed(
        _outside(lines, TAG.match),
        "there are tags around the YAML",
        repair="remove the lines with tags",
    )


def _window(_text: str, lines: Sequence[Line]) -> Mistake | None:
    return _removed(
        _outside(lines, WINDOW.match),
        "there is a line of a program around the YAML",
        repair="remove the line",
    )


def _quote(_text: str, lines: Sequence[Line]) -> Mistake | None:
    """Find the sign before the first line by which chats quote all that follows."""
    first = next((line for line in lines if not line.is_blank), None)
    found = re.match(rf"\s*>>> ?(?={MARKER.pattern})", first.text) if first is not None else None
    if first is None or found is None or sum(line.text.lstrip().startswith(">>>") for line in lines) > 1:
        return None
    sign = Stretch(first.start, first.start + found.end())
    return pasted(
        sign,
        "the text begins with `>>>`, as a quote of a chat",
        expected="the YAML alone",
        found=shown(first.text),
        repair="take away `>>>`",
        parts=[(sign, "")],
    )


def _removed(found: Sequence[Line], message: str, *, repair: str) -> Mistake | None:
    if not found:
        return None
    return pasted(
        found[0].content,
        message,
        expected="the YAML alone",
        found=shown(found[0].text),
        repair=repair,
        parts=[(line.whole, "") for line in found],
    )


def _outside(lines: Sequence[Line], is_frame: Callable[[str], object]) -> list[Line]:
    """Return the lines of a frame above the first other line, and below the last one."""
    filled = [line for line in lines if not line.is_blank]
    above = _while(filled, is_frame)
    below = _while(filled[len(above) :][::-1], is_frame)
    return [*above, *reversed(below)]


def _while(lines: Sequence[Line], is_frame: Callable[[str], object]) -> list[Line]:
    found = []
    for line in lines:
        if not is_frame(line.text):
            break
        found.append(line)
    return found
