r"""Writes a file in the one style, with its comments and blank lines, and nothing changed in meaning.

    text --parser, tree--> nodes --BlockWriter--> lines --same values?--> text
                                                       \--no--> NotFormattableError

The style: keys in the order of the documentation; two spaces to the right for each level; mappings, and
lists of more than plain values, in block style; lists of plain values on one line where they fit. Texts stay
as they are written. What a change would endanger (anchors, tags, comments within brackets) stays as it is.
"""

import re
from typing import Any

from gradstream.document.mistakes import Mistake
from gradstream.document.nodes import MappingNode
from gradstream.document.parser import parse
from gradstream.document.read import read_text
from gradstream.document.tree import build
from gradstream.errors import GradstreamError
from gradstream.format.schema.bundle import Subject
from gradstream.format.style.block_writer import BlockWriter, UnusualError

_VARIABLE = re.compile(r"\$\{(\w+)")


class NotFormattableError(GradstreamError):
    """Raised for a file that stays as it is; the message says why."""


def format_text(text: str, *, subject: Subject) -> str:
    """Return a file's text in the one style. Raises NotFormattableError."""
    breaks = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    placed = parse(plain)
    if isinstance(placed, Mistake):
        raise NotFormattableError(f"it is not YAML: {placed.message}")
    root = build(placed, plain)
    if root is None:
        return text
    if not isinstance(root, MappingNode):
        raise NotFormattableError("it is not a mapping of keys and values")
    values = _values(plain)
    try:
        written = BlockWriter(plain, values, subject=subject).write(root)
    except UnusualError as error:
        raise NotFormattableError(str(error)) from error
    if _ordered(_values(written), _names(values)) != _ordered(values, _names(values)):
        raise NotFormattableError("its values would not stay the same")
    return written.replace("\n", breaks)


def _values(text: str) -> Any:
    """Return a file's values; variables stay as they are written."""
    reading = read_text(text, file="", environ=dict.fromkeys(_VARIABLE.findall(text), "1"))
    mistakes = [each.message for each in reading.diagnostics if each.is_error]
    if reading.document is None or mistakes:
        raise NotFormattableError(mistakes[0])
    return reading.document.values


def _names(values: Any) -> frozenset[str]:
    """Return the keys below which the order of keys has a meaning."""
    return frozenset({"inputs", "outputs", "actions", "examples", "state", "with"} & set(values))


def _ordered(values: Any, names: frozenset[str]) -> Any:
    """Return values that are equal only if the order of inputs, outputs and the like is the same."""
    return [values, [(name, list(values[name])) for name in sorted(names) if isinstance(values[name], dict)]]
