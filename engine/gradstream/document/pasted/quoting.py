"""Quotes that do not fit, each with the whole text in quotes that do.

"My" demo -> '"My" demo'    "My demo' -> "My demo"    a path of Windows in double quotes -> in single quotes
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import Line, pasted, shown

CODE = "E-YAML"
VALUE = re.compile(r"^(?P<before>\s*(?:-\s+)*(?:[A-Za-z_][\w-]*:\s+)?)(?P<value>[\"'].*?)\s*$")
TRIPLE = re.compile(r"^(?P<before>\s*(?:-\s+)?[A-Za-z_][\w-]*:)\s*(?P<sign>\"{3}|'{3})(?P<rest>.*)$")


_PIECE = r"(?:\"[^\"]*\"|'[^']*')"
JOINED = re.compile(
    rf"^(?P<before>\s*(?:-\s+)*[A-Za-z_][\w-]*:\s+\(?)(?P<value>{_PIECE}(?:\s*[+&.]?\s*{_PIECE})*\s*[+&.]?\)?)\s*$"
)
PIECES = re.compile(rf"\s+(?:[+&.]\s*)?{_PIECE}(?:\s*[+&.]?\s*{_PIECE})*\s*[+&.]?\)?\s*")


def in_quotes(text: str) -> str:
    """Return a text in double quotes, or in single ones where it has a double one or a backslash."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def look_at_quotes(lines: Sequence[Line], near: Sequence[int]) -> Iterator[Mistake]:
    """Yield what may be wrong with quotes on the lines near to where the parser stumbled."""
    yield from _triple(lines)
    yield from _joined(lines)
    for number in near:
        yield from _backslash(lines[number])
        yield from _other_quote(lines[number])
        yield from _text_after(lines[number])


def _triple(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Find a text in three quotes, as Python has it."""
    for index, line in enumerate(lines):
        found = TRIPLE.match(line.text)
        if found is None:
            continue
        rest, sign = found["rest"].rstrip(), found["sign"]
        stretch = Stretch(line.start + found.start("sign"), line.content.end)
        if rest.endswith(sign):
            new = in_quotes(rest.removesuffix(sign).strip())
            yield _report(stretch, f"{sign}{rest}", f"write {new}", [(stretch, new)], what="three quotes")
            continue
        parts = list(_as_block(lines[index + 1 :], rest, sign, margin=found["before"], at=stretch))
        if parts:
            yield _report(
                stretch,
                f"{sign}{rest}",
                "write `|` after the colon, and the text indented below it",
                parts,
                what="three quotes",
            )


def _joined(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Find a text in several pairs of quotes with `+` between them, or with nothing, on one line or more."""
    for index, line in enumerate(lines):
        found = JOINED.match(line.text)
        if found is None:
            continue
        below = list(takewhile(lambda each: PIECES.fullmatch(each.text) is not None, lines[index + 1 :]))
        texts = [found["value"], *(each.text for each in below)]
        pieces = [piece for text in texts for piece in re.findall(r"\"[^\"]*\"|'[^']*'", text)]
        if len(pieces) < 2:
            continue
        # Sheets and SQL write a quote within a text twice.
        glue = '"' if len(texts) == 1 and re.fullmatch(r'(?:"[^"]*")+', found["value"]) else ""
        new = in_quotes(glue.join(piece[1:-1] for piece in pieces))
        start = line.start + found.start("value")
        end = (below or [line])[-1].content.end
        yield pasted(
            Stretch(start, line.content.end),
            "a text is in several pairs of quotes",
            expected="one pair of quotes around all of the text",
            found=shown(found["value"]),
            repair=f"write {new}",
            parts=[(Stretch(start, end), new)],
            code=CODE,
        )


def _as_block(
    below: Sequence[Line], rest: str, sign: str, *, margin: str, at: Stretch
) -> Iterator[tuple[Stretch, str]]:
    """Yield the changes that make a block of a text that ends with `sign` on one of these lines."""
    end = next((number for number, line in enumerate(below) if line.text.rstrip().endswith(sign)), None)
    if end is None:
        return
    by = " " * (len(margin) - len(margin.lstrip(" -")) + 2)
    yield at, f"|\n{by}{rest.strip()}" if rest.strip() else "|"
    texts = [line for line in below[:end] if not line.is_blank]
    inner = min((line.indent for line in texts), default=0)
    for line in texts:
        yield Stretch(line.start, line.start + inner), by
    last = below[end].text.rstrip().removesuffix(sign).strip()
    yield (
        (below[end].content, f"{by}{last}".removeprefix(" " * below[end].indent))
        if last
        else (
            below[end].whole,
            "",
        )
    )


def _backslash(line: Line) -> Iterator[Mistake]:
    """Find a path of Windows, or a pattern, in double quotes."""
    found = VALUE.match(line.text)
    if found is None or not re.fullmatch(r'"[^"]*\\[^"]*"', found["value"]):
        return
    stretch = Stretch(line.start + found.start("value"), line.start + found.end("value"))
    new = in_quotes(found["value"][1:-1])
    yield pasted(
        stretch,
        "a backslash in double quotes begins a special character, and this one does not exist",
        expected='\\n, \\t, \\\\, \\" or another that YAML knows; or single quotes, where it is plain',
        found=shown(found["value"]),
        repair=f"write {new}",
        parts=[(stretch, new)],
        code=CODE,
    )


def _other_quote(line: Line) -> Iterator[Mistake]:
    """Find a text that is closed by the other kind of quote."""
    found = VALUE.match(line.text)
    if found is None or not re.fullmatch(r"\"[^\"]*'|'[^']*\"", found["value"]):
        return
    stretch = Stretch(line.start + found.start("value"), line.start + found.end("value"))
    new = in_quotes(found["value"][1:-1])
    yield _report(stretch, found["value"], f"write {new}", [(stretch, new)], what="two kinds of quotes")


def _text_after(line: Line) -> Iterator[Mistake]:
    """Find a text of which only the first words are in quotes."""
    found = VALUE.match(line.text)
    if found is None or not re.fullmatch(r"([\"'])(?:(?!\1).)*\1\s*[^\s,#:\]}].*", found["value"]):
        return
    text = found["value"].partition(" #")[0].rstrip()
    if text.endswith(text[0]):
        return
    start = line.start + found.start("value")
    new = in_quotes(text)
    yield pasted(
        Stretch(start, start + len(text)),
        "there is text after a closing quote",
        expected="all of the text in quotes",
        found=shown(text),
        repair=f"write {new}",
        parts=[(Stretch(start, start + len(text)), new)],
        code=CODE,
    )


def _report(
    stretch: Stretch, found: str, repair: str, parts: Sequence[tuple[Stretch, str]], *, what: str
) -> Mistake:
    return pasted(
        stretch,
        f"a text is between {what}",
        expected="one and the same quote before and after it",
        found=shown(found),
        repair=repair,
        parts=parts,
        code=CODE,
    )
