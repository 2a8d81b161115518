"""Text below `|` and `>` that does not begin on the next line, or whose lines are not below each other.

description: > Text    ->    description: >        description: |        ->    description: |
  more of it                   Text                    First                       First
                               more of it            Second                        Second
"""

import re
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import Line, pasted, shown

CODE = "E-YAML"
BEGUN = re.compile(
    r"^(?P<before>\s*(?:-\s+)?)[A-Za-z_][\w-]*:\s+(?P<sign>[|>][-+]?)\s*(?P<text>[^\s#\d+-].*)$"
)
OPENED = re.compile(r"^(?P<before>\s*(?:-\s+)?)[A-Za-z_][\w-]*:\s+[|>][-+]?\s*$")


def look_at_blocks(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Yield texts in blocks that begin too early, or too far to the right."""
    for index, line in enumerate(lines[:-1]):
        begun, opened = BEGUN.match(line.text), OPENED.match(line.text)
        if begun is not None:
            yield from _begun(line, begun, list(_below(lines[index + 1 :], len(begun["before"]))))
        elif opened is not None:
            yield from _stepped(list(_below(lines[index + 1 :], len(opened["before"]))))


def _below(lines: Sequence[Line], margin: int) -> Iterator[Line]:
    for line in lines:
        if not line.is_blank and line.indent <= margin:
            return
        if not line.is_blank:
            yield line


def _begun(line: Line, begun: re.Match[str], below: Sequence[Line]) -> Iterator[Mistake]:
    if not below:
        return
    by = " " * min(each.indent for each in below)
    sign = begun["sign"]
    text = Stretch(line.start + begun.end("sign"), line.content.end)
    yield pasted(
        Stretch(line.start + begun.start("sign"), line.content.end),
        f"text below a `{sign}` begins on the next line",
        expected=f"nothing after `{sign}`",
        found=shown(begun["text"]),
        repair=f"move what follows `{sign}` to the next line, indented",
        parts=[(text, f"\n{by}{begun['text'].rstrip()}")],
        code=CODE,
    )


def _stepped(below: Sequence[Line]) -> Iterator[Mistake]:
    """Find lines of a text that are less indented than its first one."""
    if not below:
        return
    first = below[0].indent
    less = [line for line in below if line.indent < first]
    if less:
        yield pasted(
            less[0].content,
            "a line of a text is less indented than the text's first line",
            expected=f"{first} spaces before each line of it",
            found=shown(less[0].text),
            repair=f"put {first} spaces before the line",
            parts=[(Stretch(line.start, line.start + line.indent), " " * first) for line in less],
            code=CODE,
        )
