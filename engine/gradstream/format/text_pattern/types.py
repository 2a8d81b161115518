"""The parts of a pattern, as `read` finds them. No behaviour.

[a-z]+@(x|y)  ->  Concatenation: Repetition of Characters, Characters, Alternation of two Characters
"""

from typing import Literal

from msgspec import Struct

ClassName = Literal["d", "w", "s"]
"""Digits, signs of words and white space, of all scripts: `\\d`, `\\w`, `\\s`."""


class Characters(Struct, frozen=True, kw_only=True):
    """One character: within one of `ranges` or of one of `classes`, or, `is_negated`, of none of them.

    A class is a name and whether it is the capital form, which has all other characters.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[ClassName, bool], ...] = ()
    is_negated: bool = False


class Concatenation(Struct, frozen=True):
    """One part after the other."""

    parts: "tuple[PatternPart, ...]"


class Alternation(Struct, frozen=True):
    """One of several parts."""

    parts: "tuple[PatternPart, ...]"


class Repetition(Struct, frozen=True, kw_only=True):
    """A part at least `fewest` times, and at most `most` times; None: any number."""

    part: "PatternPart"
    fewest: int
    most: int | None


PatternPart = Characters | Concatenation | Alternation | Repetition


class PatternProblem(Struct, frozen=True, kw_only=True):
    """Why a pattern cannot be used."""

    message: str
    expected: str
    found: str
    repair: str
