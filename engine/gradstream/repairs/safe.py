"""Makes the repairs of a text that are certain: those that were tried, and that have no second way.

text --judge, settle--> findings with one fix --all that do not overlap--> text, until none is left
"""

from collections.abc import Callable, Sequence

from gradstream.diagnostics import Diagnostic
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
        made = _made(text, found)
        changed = apply(text, [edit for each in made for edit in each.fixes[0].edits])
        if changed is None or changed.text in seen:
            break
        after = find(changed.text)
        if _errors(after) > _errors(found) and not _hides(found):
            break
        left = [each for each in found if each not in made]
        if {*map(_gist, after)} & {*map(_gist, made)} - {*map(_gist, left)}:
            # What was repaired is found again: another round would go on so.
            break
        seen.add(changed.text)
        text, found = changed.text, after
    return text


def _made(text: str, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings whose fixes are made; of two that overlap, the second waits for the next round."""
    lines = index_lines(text)
    made: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for each in found:
        if len(each.fixes) != 1:
            continue
        stretches = [stretch_of(edit.span, lines) for edit in each.fixes[0].edits]
        if not any(
            start <= end_taken and begin <= end for start, end in stretches for begin, end_taken in taken
        ):
            made.append(each)
            taken += stretches
    return made


def _gist(each: Diagnostic) -> tuple[str, str, str, int]:
    return each.code, each.message, each.found, each.span.line


def _errors(found: Sequence[Diagnostic]) -> int:
    return sum(each.is_error for each in found)


def _hides(found: Sequence[Diagnostic]) -> bool:
    """Return whether a mistake that is repaired was in the way of finding others."""
    return any(each.code in HIDING and len(each.fixes) == 1 for each in found)
