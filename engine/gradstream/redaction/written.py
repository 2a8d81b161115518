"""Masks passwords and tokens that are plain text below `access` in a YAML file, wherever it is shown.

    access:
      users:
        ada: sesame        ->  ada: ••••••
      token: ${TOKEN}      ->  token: ${TOKEN}

Line by line, so that it holds for files with mistakes too, and each character for one, so that columns stay.
"""

import itertools
import re
from collections.abc import Iterator

from gradstream.redaction.forms import SHORTEST_SECRET

MASK = "•"

_MASKED = re.compile(f"{MASK}+")
_INDENT = re.compile(r"[ \t]*(?:- +)*")
_ACCESS = re.compile(r"""["']?access["']?\s*:""")
_GUARDING = re.compile(r"""["']?(?:users?|tokens?|passwords?)["']?\s*:""")
_KEY = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|[^\s:#][^:#]*?)\s*:(?=\s|$)""")
_VARIABLE = re.compile(r"""(\s*)(["']?\$\{[A-Za-z_][A-Za-z0-9_]*\}["']?)?(\s+#.*|\s*)""")
_FLOW_SAFE = re.compile(
    r"""["']?\$\{[A-Za-z_][A-Za-z0-9_]*(?:\}["']?|:-)|(?<=[{,\s])["']?[^{}\[\],:\s"']+["']?:(?=\s)|[{}\[\],:\s]+"""
)
"""Of what is in braces or brackets: variables, keys, and signs."""


def hide_written(text: str) -> str:
    """Return a file's text without the passwords and tokens in it."""
    return "".join(_lines(text)) if "access" in text else text


def _lines(text: str) -> Iterator[str]:
    access: int | None = None
    guarding: int | None = None
    for line in text.splitlines(keepends=True):
        indent = len(_INDENT.match(line)[0])  # type: ignore[index]
        if not line.strip():
            yield line
            continue
        if guarding is not None and indent <= guarding:
            guarding = None
        if access is not None and indent <= access:
            access = guarding = None
        if access is None and (found := _ACCESS.match(line, indent)) is not None:
            access = indent
            yield line[: found.end()] + _flow(line[found.end() :])
        elif guarding is not None:
            yield _value(line)
        elif access is not None and (found := _GUARDING.match(line, indent)) is not None:
            guarding = indent
            yield line[: found.end()] + _rest(line[found.end() :])
        else:
            yield line


def _flow(rest: str) -> str:
    """Return what follows `access:` on its line, a mapping in braces, without what is to be masked."""
    found = _GUARDING.search(rest)
    return rest if found is None else rest[: found.end()] + _rest(rest[found.end() :])


def _value(line: str) -> str:
    """Return a line below `users:` or `token:`: of a mapping its key stays."""
    found = _KEY.match(line)
    return _rest(line) if found is None else line[: found.end()] + _rest(line[found.end() :])


def _rest(text: str) -> str:
    if _VARIABLE.fullmatch(text.rstrip("\r\n")) is not None:
        return text
    kept: list[str] = []
    at = 0
    for found in _FLOW_SAFE.finditer(text):
        kept += MASK * (found.start() - at), found[0]
        at = found.end()
    return "".join([*kept, MASK * (len(text) - at)])


def words_written(text: str, *, first: int, last: int) -> list[str]:
    """Return what is masked of these lines, counted from 1: texts that no message about them may quote."""
    lines = zip(text.splitlines(), hide_written(text).splitlines(), strict=True)
    words: list[str] = []
    for line, masked in itertools.islice(lines, first - 1, last):
        words += [line[found.start() : found.end()] for found in _MASKED.finditer(masked)]
    return [word for word in words if len(word) >= SHORTEST_SECRET]
