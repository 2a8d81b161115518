"""What a text was carried by: a chat's stamps, a mail's head and foot, a sheet's cells, a program's string.

[12:30, 1/2/2024] Ann: title: Cards    From: ann@example.org    gradstream<TAB>1    "gradstream: 1"
"""

import re
from collections.abc import Iterator, Sequence

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import KEY_AT_EDGE, Line, pasted, shown

_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
FEWEST_KEYS = 3
"""A demo has at least a marker, a generator and an output."""

STAMP = re.compile(
    rf"\s*(?:\u200e?\[(?:{_DAY},? )?{_TIME}(?:,? {_DAY})?\](?: [^:\n]{{1,40}}:)? ?"
    rf"|{_DAY},? {_TIME} [-–] [^:\n]{{1,40}}: ?)"
)
HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Von|An|Betreff|Datum|Gesendet|De|À|Objet|Envoyé|Para|Asunto)"
    r"\s?: "
)
FOOT = re.compile(r"-- ?$")
CELLS = re.compile(r"(?P<key>[A-Za-z_][\w-]*)(?P<between>\t+|;)(?P<value>[^\t;]+?)[\t;]*\s*$")
IN_QUOTES = re.compile(r'\s*(?P<text>"(?:[^"]|"")*")\s*,?\s*$')
TRIPLE = re.compile(r"\s*(?:\w+\s*=\s*)?(?:[\w.]+\()?[rRfF]?(?P<sign>\"{3}|'{3})\\?\s*$")
TEMPLATE = re.compile(r"\s*\{[%#].*[%#]\}\s*$")
NOTE = re.compile(r"\s*\{#-?\s*(?P<text>.*?)\s*-?#\}\s*$")
EQUALS = re.compile(
    r"\s*(?:-\s+)?(?P<key>[A-Za-z_][\w-]*)\s*(?P<sign>=>?|->|→|:=|(?<=\w)>)\s*(?P<value>[^\s=>].*?)\s*$"
)
INNER_EQUALS = re.compile(r"([A-Za-z_][\w-]*)\s*=\s*")
ROW = re.compile(r"\s*\|.*\|\s*$")
RULE = re.compile(r"\s*\|[\s:|-]+\|\s*$")


def look_at_carriers(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Yield what has carried a text and clings to it."""
    filled = [line for line in lines if not line.is_blank]
    for look in (_stamps, _header, _foot, _cells, _quoted, _string, _table, _template, _equals, _dashed):
        found = look(filled, lines) if filled else None
        if found is not None:
            yield found


def _stamps(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    found = [(line, match) for line in filled if (match := STAMP.match(line.text))]
    if not found:
        return None
    line, match = found[0]
    return pasted(
        Stretch(line.start, line.start + match.end()),
        "there is a chat's stamp before the text",
        expected="the YAML alone",
        found=shown(match.group()),
        repair="take away the times and the names before the lines",
        parts=[(Stretch(each.start, each.start + one.end()), "") for each, one in found],
    )


def _header(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    head = []
    for line in filled:
        if not HEADER.match(line.text):
            break
        head.append(line)
    if not head or len(head) == len(filled):
        return None
    return pasted(
        head[0].content,
        "the head of a mail is in the file",
        expected="the YAML alone",
        found=shown(head[0].text),
        repair="remove the lines of the mail",
        parts=[(Stretch(head[0].start, filled[len(head)].start), "")],
    )


def _foot(filled: Sequence[Line], lines: Sequence[Line]) -> Mistake | None:
    foot = next((line for line in lines if FOOT.match(line.text)), None)
    if foot is None or any(KEY_AT_EDGE.match(line.text) for line in filled if line.start > foot.start):
        return None
    return pasted(
        foot.content,
        "the foot of a mail is in the file",
        expected="the YAML alone",
        found=shown(foot.text),
        repair="remove the lines from here on",
        parts=[(Stretch(foot.start, lines[-1].end), "")],
    )


def _cells(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    found = [CELLS.match(line.text) for line in filled]
    if len(filled) < 2 or not all(found):
        return None
    return pasted(
        filled[0].content,
        "these are cells of a table, and not YAML",
        expected="a colon and a space after each key",
        found=shown(filled[0].text),
        repair=f"write `{_as_entry(found[0])}`, and so on",
        parts=[(line.content, _as_entry(match)) for line, match in zip(filled, found, strict=True) if match],
    )


def _as_entry(found: re.Match[str] | None) -> str:
    return f"{found['key']}: {found['value'].strip()}" if found else ""


def _quoted(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    found = [IN_QUOTES.match(line.text) for line in filled]
    if len(filled) < 2 or not all(found):
        return None
    return pasted(
        filled[0].content,
        "each line is in quotes of its own, as tables and programs write them",
        expected="the lines without quotes around them",
        found=shown(filled[0].text),
        repair="take away the quotes around the lines",
        parts=[
            (Stretch(line.start, line.content.end), match["text"][1:-1].replace('""', '"'))
            for line, match in zip(filled, found, strict=True)
            if match
        ],
    )


def _string(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    opened = TRIPLE.match(filled[0].text)
    if opened is None or not re.fullmatch(rf"\s*{opened['sign']}\)*\s*", filled[-1].text) or len(filled) < 3:
        return None
    return pasted(
        filled[0].content,
        "the YAML is in a text of a program",
        expected="the YAML alone",
        found=shown(filled[0].text),
        repair="remove the first line and the last one",
        parts=[(filled[0].whole, ""), (filled[-1].whole, "")],
    )


def _template(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    """Find lines of a template that nobody has filled in; its notes alone can be kept."""
    found = [line for line in filled if TEMPLATE.match(line.text)]
    notes = [NOTE.match(line.text) for line in found]
    if not found:
        return None
    return pasted(
        found[0].content,
        "this is a template, which its tool has not filled in",
        expected="the YAML that the template gives",
        found=shown(found[0].text),
        repair="write notes with `#`" if all(notes) else "fill the template in, and save what comes of it",
        parts=[(line.content, f"# {note['text']}") for line, note in zip(found, notes, strict=True) if note]
        if all(notes)
        else (),
    )


def _equals(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    """Find `key = value` between lines of YAML, with a list or a mapping of TOML as its value too."""
    found = [(line, match) for line in filled if (match := EQUALS.match(line.text))]
    if not found:
        return None
    line, match = found[0]
    return pasted(
        line.content,
        f"there is `{match['sign']}` in place of a colon",
        expected="a colon and a space after the key",
        found=shown(line.text),
        repair=f"write `{match['key']}: {_without_equals(match['value'])}`",
        parts=[
            (
                Stretch(each.start + one.start("key"), each.content.end),
                f"{one['key']}: {_without_equals(one['value'])}",
            )
            for each, one in found
        ],
    )


def _dashed(filled: Sequence[Line], lines: Sequence[Line]) -> Mistake | None:
    """Find a file that is a list of its own keys, or of the only demo."""
    first = next((line for line in filled if not line.text.startswith("#")), None)
    if first is None or not first.text.startswith("- ") or len(filled) < FEWEST_KEYS:
        return None
    parts = [
        (Stretch(line.start, line.start + 2), "")
        for line in lines
        if line.text.startswith(("- ", "  ")) and not line.is_blank
    ]
    return pasted(
        Stretch(first.start, first.start + 1),
        "the file is a list, and a demo is its keys",
        expected="keys at the edge, without a dash",
        found=shown(first.text),
        repair="take away the dashes at the edge, and two spaces before the other lines",
        parts=parts,
    )


def _without_equals(value: str) -> str:
    """Return a value of TOML as YAML: a table between braces has colons."""
    return INNER_EQUALS.sub(r"\1: ", value) if value.startswith("{") else value


def _table(filled: Sequence[Line], _lines: Sequence[Line]) -> Mistake | None:
    if len(filled) < 2 or not RULE.match(filled[1].text) or not all(ROW.match(line.text) for line in filled):
        return None
    return pasted(
        filled[0].content,
        "this is a table of Markdown, and not YAML",
        expected="`key: value`, a line for each",
        found=shown(filled[0].text),
        repair="write each row as a line: its first cell, a colon, a space, and its second cell",
    )
