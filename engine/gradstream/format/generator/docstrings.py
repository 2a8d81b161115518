"""What a function's docstring says of it and of its parameters: in the styles of Google, NumPy and reST.

Args:                 Parameters            :param times: how often
    times: how often  ----------
                      times : int
                          how often
"""

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

GOOGLE = re.compile(r"(?:Args|Arguments|Parameters|Params|Keyword Args|Keyword Arguments):\s*")
NUMPY = re.compile(r"(?:Other )?Parameters\s*")
REST = re.compile(
    r":(?:param|parameter|arg|argument|key|keyword)\s+(?:[^:]*\s)?\**(?P<name>\w+)\s*:\s*(?P<words>.*)"
)
NAMED = re.compile(r"\**(?P<name>\w+)(?:\s*\([^)]*\))?\s*:\s*(?P<words>\S.*)?")
"""A parameter of Google's style, with its type between parentheses or without."""

NUMPY_NAMES = re.compile(r"(?P<names>\**\w+(?:\s*,\s*\**\w+)*)\s*(?::.*)?")


class Docstring(Struct, frozen=True, kw_only=True):
    """The first sentence, and the words for each parameter that has any."""

    summary: str = ""
    parameters: Mapping[str, str] = {}


def read_docstring(text: str | None) -> Docstring:
    """Read a docstring; what is in no known style is left out."""
    lines = inspect.cleandoc(text or "").splitlines()
    first = " ".join(_paragraph(lines))
    summary = "" if REST.match(first) or GOOGLE.fullmatch(first) else first
    words: dict[str, str] = {}
    for name, said in (*_google(lines), *_numpy(lines), *_rest(lines)):
        words.setdefault(name, _sentence(said))
    return Docstring(
        summary=_sentence(summary), parameters={name: said for name, said in words.items() if said}
    )


def _google(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        if line[:1].isspace() or not GOOGLE.fullmatch(line.strip()):
            continue
        block = _below(lines[index + 1 :], 0)
        inner = min((_indent(each) for each in block if each.strip()), default=0)
        for at, each in enumerate(block):
            found = NAMED.fullmatch(each.strip()) if _indent(each) == inner else None
            if found:
                yield (
                    found["name"],
                    " ".join([found["words"] or "", *_stripped(_below(block[at + 1 :], inner))]),
                )


def _numpy(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines[:-1]):
        if not NUMPY.fullmatch(line) or not re.fullmatch(r"-{3,}", lines[index + 1].strip()):
            continue
        for at in range(index + 2, len(lines)):
            if at + 1 < len(lines) and re.fullmatch(r"-{3,}", lines[at + 1].strip()):
                break
            found = NUMPY_NAMES.fullmatch(lines[at]) if lines[at][:1].strip() else None
            for name in found["names"].split(",") if found else ():
                yield name.strip(" *"), " ".join(_stripped(_below(lines[at + 1 :], 0)))


def _rest(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, line in enumerate(lines):
        found = REST.match(line.strip())
        if found:
            more = _stripped(_below(lines[index + 1 :], _indent(line)))
            yield found["name"], " ".join([found["words"], *more])


def _below(lines: Sequence[str], column: int) -> list[str]:
    """Return the lines that are indented by more than a column, up to the first that is not."""
    block: list[str] = []
    for line in lines:
        if line.strip() and _indent(line) <= column:
            break
        block.append(line)
    return block


def _stripped(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in _paragraph([line.strip() for line in lines])]


def _paragraph(lines: Sequence[str]) -> list[str]:
    """Return the lines up to the first empty one."""
    end = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    return list(lines[:end])


def _sentence(text: str) -> str:
    """Return the first sentence, on one line."""
    plain = " ".join(text.split())
    found = re.match(r".*?[.!?](?=\s|$)", plain)
    return found.group() if found else plain


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
