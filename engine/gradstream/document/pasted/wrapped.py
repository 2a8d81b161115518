"""What tools put around a text or before its lines: code blocks of wikis, names of files, times of logs.

{code:yaml} … {code}    web_1  | title: Cards    cards.yaml:3:title: Cards    10:00:00Z title: Cards
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gradstream.document.line_index import Stretch
from gradstream.document.mistakes import Mistake
from gradstream.document.pasted.guess import KEY_AT_EDGE, Line, pasted, shown

WRAPS = (
    (r"\{(?P<tag>code|noformat)(?::[^}]*)?\}", r"\{(?:code|noformat)\}"),
    (r"\[code(?:=\w+)?\]", r"\[/code\]"),
    (r"\{\{\{(?:#!\w+)?", r"\}\}\}"),
    (r"\\begin\{\w+\}(?:\[[^\]]*\]|\{\w+\})*", r"\\end\{\w+\}"),
    (r"(?:<(?:pre|code|textarea|details|div|script)\b[^>]*>\s*)+", r"(?:</\w+>\s*)+"),
    (r"@[\"']", r"[\"']@.*"),
    (r"-{4,}", r"-{4,}"),
    (r"={3,}.*", r"={3,}.*"),
)
"""What begins a block of code elsewhere, and what ends it."""

HEAD = re.compile(
    r"\[(?:source|listing|,)[^\]]*\]|\.\. (?:code|code-block|sourcecode|literalinclude)::.*|:\w[\w-]*:.*"
)
"""Lines above a block of code in AsciiDoc and reStructuredText."""

FOOT = re.compile(r"\(END\)|--More--.*|~|lines \d+-\d+(?:/\d+)?.*|:wq?!?|\[?(?:Page|Seite)\b.{0,20}\]?")
"""What pagers, editors and printers leave below a text."""

PREFIXES = (
    re.compile(r"\^?[0-9a-f]{7,40} (?:[\w./-]+ +)?\([^)]*\d\) ?"),
    re.compile(r"(?:\./)?[\w./-]+\.ya?ml[:-](?:\d+[:-])?"),
    re.compile(
        r"\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[\d.,]*(?:Z|[+-]\d{2}:?\d{2})?\]?"
        r"(?: \[?[A-Z]{4,8}\]?:?)? ?"
    ),
    re.compile(r"[\w.-]+ *\| ?"),
    re.compile(r" *\d* *[\u2502\u2503\u2551|\u258c\u2595\u23ae] ?"),
    re.compile(r"\+\+"),
    re.compile(r"//[/!]? ?|;; ?|\* |-- |% |' |\" "),
    re.compile(r"[\w.-]*[#$>%] (?=\S)"),
)
"""What tools put before each line; the first that all lines have is taken."""

FEWEST_LINES = 3

DIVIDED = re.compile(r"[^\W\d_]{2}(?P<hyphen>[-\u00ad\u2010])$")
"""The first part of a word that goes on in the next line, as books are set."""

REST = re.compile(r"\s*(?P<rest>[a-z][\w-]*)\s*:(?:\s|$)")
"""Its second part, where it is a key."""


def look_at_wraps(lines: Sequence[Line]) -> Iterator[Mistake]:
    """Yield what is around a text, or before each of its lines."""
    filled = [line for line in lines if not line.is_blank]
    for look in (_wrapped, _foot, _prefixed, _divided):
        found = look(filled) if len(filled) > FEWEST_LINES - 1 else None
        if found is not None:
            yield found


def _wrapped(filled: Sequence[Line]) -> Mistake | None:
    heads = [line for line in filled[:2] if HEAD.fullmatch(line.text.strip())]
    inner = filled[len(heads) :]
    for opening, closing in WRAPS:
        begun = re.match(rf"\s*{opening}(?=\s*$|[A-Za-z#])", inner[0].text)
        ended = re.fullmatch(rf"\s*{closing}\s*", inner[-1].text)
        if begun is None or ended is None or len(inner) < FEWEST_LINES:
            continue
        start = inner[0].start + begun.end() if begun.end() < len(inner[0].text.rstrip()) else inner[0].end
        return _report(filled[0], [(Stretch(filled[0].start, start), ""), (inner[-1].whole, "")])
    if heads and inner[0].indent:
        parts = [(Stretch(filled[0].start, inner[0].start), "")]
        return _report(filled[0], parts)
    return None


def _report(first: Line, parts: list[tuple[Stretch, str]]) -> Mistake:
    return pasted(
        first.content,
        "the YAML is in a block of code of a page or a document",
        expected="the YAML alone",
        found=shown(first.text),
        repair="remove the lines that begin and end the block",
        parts=parts,
    )


def _foot(filled: Sequence[Line]) -> Mistake | None:
    """Find lines that a pager or a printer has left; comments and the marker of a document's end stay."""
    found = [line for line in filled if line.indent == 0 and FOOT.fullmatch(line.text.rstrip())]
    if not found or not any(KEY_AT_EDGE.match(line.text) for line in filled):
        return None
    return pasted(
        found[0].content,
        "there is a line of the program or the paper that showed the text",
        expected="the YAML alone",
        found=shown(found[0].text),
        repair="remove the line",
        parts=[(line.whole, "") for line in found],
    )


def _prefixed(filled: Sequence[Line]) -> Mistake | None:
    for prefix in PREFIXES:
        found = [prefix.match(line.text) for line in filled]
        matches = [each for each in found if each is not None]
        if len(matches) != len(filled):
            continue
        keys = [
            line
            for line, each in zip(filled, matches, strict=True)
            if KEY_AT_EDGE.match(line.text[each.end() :])
        ]
        if len(keys) < FEWEST_LINES - 1:
            continue
        return pasted(
            filled[0].content,
            "each line begins with what a tool has put before it",
            expected="the lines without it",
            found=shown(matches[0].group()),
            repair="take away what is before the lines",
            parts=[
                (Stretch(line.start, line.start + each.end()), "")
                for line, each in zip(filled, matches, strict=True)
            ],
        )
    return None


def _divided(filled: Sequence[Line]) -> Mistake | None:
    """Find keys that are divided at the ends of lines."""
    found = [
        (line, first, rest)
        for line, following in pairwise(filled)
        if following.start == line.end
        and (first := DIVIDED.search(line.text.rstrip()))
        and (rest := REST.match(following.text))
    ]
    if not found:
        return None
    line, first, rest = found[0]
    return pasted(
        line.content,
        "a word is divided at the end of a line, as books and PDFs do",
        expected="the word in one piece",
        found=shown(line.text),
        repair=f"write `{line.text.split()[-1][:-1]}{rest['rest']}`, in one piece",
        parts=[
            (Stretch(each.start + one.start("hyphen"), each.end + two.start("rest")), "")
            for each, one, two in found
        ],
    )
