"""Makes the repairs of a text that are certain: those that were tried, and that have no second way.

text --judge, settle--> findings with one fix --all that do not overlap--> text, until none is left
"""

from collections.abc import Callable, Sequence

from gradstream.diagnostics import Diagnostic, TextEdit
from gradstream.document.line_index import index_lines
from gradstream.repairs.edits import apply, stretch_of
from gradstream.repairs.trial import HIDING

MOST_ROUNDS = 8
"""A repair may uncover another mistake, as those in YAML itself do; so many in one file are not met."""

Find = Callable[[str], Sequence[Diagnostic]]
"""Checks a text, with the fixes that work."""


def repaired(text: str, find: Find) -> str:
    """Return the text after all certain repairs; none adds an error that was not hidden before."""
    seen = {text}
    found = find(text)
    for _ in range(MOST_ROUNDS):
        changed = apply(text, _edits(text, found))
        if changed is None or changed.text in seen:
            break
        after = find(changed.text)
        if _errors(after) > _errors(found) and not _hides(found):
            break
        seen.add(changed.text)
        text, found = changed.text, after
    return text


def _edits(text: str, found: Sequence[Diagnostic]) -> list[TextEdit]:
    """Return the edits of the fixes in order; of two that overlap, the second is left for the next round."""
    lines = index_lines(text)
    edits: list[TextEdit] = []
    taken: list[tuple[int, int]] = []
    for each in found:
        if len(each.fixes) != 1:
            continue
        stretches = [stretch_of(edit.span, lines) for edit in each.fixes[0].edits]
        if not any(
            start <= end_taken and begin <= end for start, end in stretches for begin, end_taken in taken
        ):
            edits += each.fixes[0].edits
            taken += stretches
    return edits


def _errors(found: Sequence[Diagnostic]) -> int:
    return sum(each.is_error for each in found)


def _hides(found: Sequence[Diagnostic]) -> bool:
    """Return whether a mistake that is repaired was in the way of finding others."""
    return any(each.code in HIDING and len(each.fixes) == 1 for each in found)
