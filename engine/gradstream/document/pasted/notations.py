"""Whole texts in another notation, each with the changes that make YAML of it.

title = "Cards"    demo = {"title": …}    title: "Cards",    **title**: Cards    cat > demo.yaml <<EOF    ~
[outputs]
"""

import re
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import KEY_AT_EDGE, Line, pasted, shown

ASSIGNED = re.compile(r"^(?P<key>[A-Za-z_][\w-]*)(?P<sign>\s*=\s*)(?P<value>\S.*)$")
SECTION = re.compile(r"^\[(?P<path>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)\]\s*$")
VARIABLE = re.compile(r"^\s*(?:(?:const|let|var)\s+)?[A-Za-z_]\w*\s*=\s*(?=\{)")
VALUE_AND_COMMA = re.compile(
    r"""^\s*(?:-\s+)?(?:"?[A-Za-z_][\w-]*"?:\s*)?(?:"[^"]*"|'[^']*'|[^\s"',\[\]{}]+|\{.*\}|\[.*\])"""
    r"""\s*(?P<comma>,)\s*$"""
)
EMPHASIS = re.compile(
    r"^(?P<before>\s*(?:-\s+)?)(?P<sign>\*\*|__|\*|`)(?P<key>[A-Za-z_][\w-]*)(?P<after>(?P=sign):|:(?P=sign))"
)
HERE = re.compile(r"^\s*(?:\$\s+)?\w.*<<-?\s*['\"]?(?P<word>\w+)['\"]?.*$")
TASK = re.compile(r"^\s*-\s+(?P<box>\[[ xX]\]\s+)(?=\S)")
UNUSED = re.compile(r"~\s*$")


def look_at_notations(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Yield the notation that a text may be in."""
    for look in (_assignments, _program, _commas, _emphasis, _here, _tildes, _dots, _tasks):
        found = look(lines)
        if found is not None:
            yield found


def _assignments(lines: Sequence[Line]) -> Mistake | None:
    """Find TOML and settings: `key = value` on all lines, and sections in brackets."""
    filled = [line for line in lines if not line.is_blank and not line.text.lstrip().startswith("#")]
    found = [(line, ASSIGNED.match(line.text.strip()), SECTION.match(line.text.strip())) for line in filled]
    if len(found) < 2 or not all(assigned or section for _, assigned, section in found):
        return None
    parts: list[tuple[Stretch, str]] = []
    margin = ""
    for line, assigned, section in found:
        if section:
            *around, name = section["path"].split(".")
            margin = "  " * (len(around) + 1)
            parts.append((line.content, f"{margin[2:]}{name}:"))
        elif assigned:
            parts.append(
                (
                    Stretch(line.start, line.content.end),
                    f"{margin}{assigned['key']}: {assigned['value'].rstrip()}",
                )
            )
    return pasted(
        filled[0].content,
        "this is TOML, and not YAML",
        expected="`key: value`, and what belongs below a key indented below it",
        found=shown(filled[0].text),
        repair="write a colon and a space in place of each `=`, and a key in place of each name in brackets",
        parts=parts,
    )


def _program(lines: Sequence[Line]) -> Mistake | None:
    """Find a mapping of Python or JavaScript that is given to a variable."""
    first = next((line for line in lines if not line.is_blank), None)
    found = VARIABLE.match(first.text) if first is not None else None
    if first is None or found is None:
        return None
    last = next(line for line in reversed(lines) if not line.is_blank)
    parts = [(Stretch(first.start, first.start + found.end()), "")]
    if last.text.rstrip().endswith("};"):
        parts.append((Stretch(last.content.end - 1, last.content.end), ""))
    return pasted(
        first.content,
        "this is a program, and not YAML",
        expected="the mapping alone, without a variable",
        found=shown(first.text),
        repair=f"remove `{found.group().strip()}`",
        parts=parts,
    )


def _commas(lines: Sequence[Line]) -> Mistake | None:
    """Find commas behind values, as JSON has them."""
    found = [(line, match) for line in lines if (match := VALUE_AND_COMMA.match(line.text))]
    if len(found) < 2 or next(line for line in lines if not line.is_blank).text.lstrip()[0] in "{[":
        return None
    line, match = found[0]
    at = line.start + match.start("comma")
    return pasted(
        Stretch(at, at + 1),
        "lines end with commas",
        expected="lines without commas: each is a key of its own",
        found=shown(line.text),
        repair="take away the commas at the ends of the lines",
        parts=[
            (Stretch(each.start + one.start("comma"), each.start + one.end("comma")), "")
            for each, one in found
        ],
    )


def _emphasis(lines: Sequence[Line]) -> Mistake | None:
    """Find keys in bold, as Markdown has them."""
    found = [(line, match) for line in lines if (match := EMPHASIS.match(line.text))]
    if not found:
        return None
    line, match = found[0]
    return pasted(
        line.content,
        f"`{match['sign']}` around a key is Markdown, and not YAML",
        expected="the key alone",
        found=shown(line.text),
        repair=f"write `{match['key']}:`",
        parts=[
            (Stretch(each.start + one.start("sign"), each.start + one.end()), f"{one['key']}:")
            for each, one in found
        ],
    )


def _here(lines: Sequence[Line]) -> Mistake | None:
    """Find the command of a shell that writes the text that follows into a file."""
    first = next((line for line in lines if not line.is_blank), None)
    found = HERE.match(first.text) if first is not None else None
    if first is None or found is None:
        return None
    ends = [line for line in lines if line.text.strip() == found["word"]]
    return pasted(
        first.content,
        "this is a command of a shell, with the YAML in it",
        expected="the YAML alone",
        found=shown(first.text),
        repair=f"remove the command, and the line `{found['word']}` that ends it",
        parts=[(line.whole, "") for line in (first, *ends)],
    )


def _tildes(lines: Sequence[Line]) -> Mistake | None:
    """Find the signs by which vim shows that a file has ended."""
    after: list[Line] = []
    for line in reversed(lines):
        if not line.is_blank and not UNUSED.match(line.text):
            break
        after.append(line)
    found = [line for line in reversed(after) if not line.is_blank]
    if not found or not any(KEY_AT_EDGE.match(line.text) for line in lines):
        return None
    return pasted(
        found[0].content,
        "`~` is on lines of its own, as vim shows what is after a file's end",
        expected="the YAML alone",
        found=shown(found[0].text),
        repair="remove the lines",
        parts=[(line.whole, "") for line in found],
    )


def _dots(lines: Sequence[Line]) -> Mistake | None:
    """Find three dots, which end a document, with more below them."""
    index = next((number for number, line in enumerate(lines) if line.text.strip() == "..."), None)
    if index is None or not any(KEY_AT_EDGE.match(line.text) for line in lines[index + 1 :]):
        return None
    return pasted(
        lines[index].content,
        "something follows after the document's end",
        expected="nothing after `...`",
        found=shown(lines[index].text),
        repair="remove the line `...`",
        parts=[(lines[index].whole, "")],
        code="E-YAML",
    )


def _tasks(lines: Sequence[Line]) -> Mistake | None:
    """Find the boxes of a list of tasks, as Markdown has them."""
    found = [(line, match) for line in lines if (match := TASK.match(line.text))]
    if not found:
        return None
    line, match = found[0]
    return pasted(
        Stretch(line.start + match.start("box"), line.start + match.end("box")),
        "a box before a member of a list is Markdown, and not YAML",
        expected="a dash and a space alone",
        found=shown(line.text),
        repair=f"write `- {line.text[match.end() :].strip()}`",
        parts=[
            (Stretch(each.start + one.start("box"), each.start + one.end("box")), "") for each, one in found
        ],
    )
