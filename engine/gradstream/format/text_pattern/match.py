"""Decides whether a whole text matches a pattern, in one pass over the text, whatever the pattern.

    PatternPart --_Automaton--> states and what leads from each to the next --matches--> True | False

A text is read a character at a time, with the set of all states that it may have led to; `re` would try them
one after the other, which for some patterns takes longer than anyone waits.
"""

from functools import lru_cache
from typing import assert_never

from gradstream.format.text_pattern.read import read_pattern
from gradstream.format.text_pattern.types import (
    Alternation,
    Characters,
    ClassName,
    Concatenation,
    PatternPart,
    PatternProblem,
    Repetition,
)

MAX_TEXT = 10_000
"""Characters of a text that can match; a longer one never does."""

MAX_KNOWN = 5_000
"""Steps that are kept of each pattern; with more, all are forgotten."""

KEPT_PATTERNS = 100


def matches(pattern: str, text: str) -> bool:
    """Return whether the whole text matches a pattern that `read_pattern` accepts."""
    return len(text) <= MAX_TEXT and _automaton_of(pattern).accepts(text)


@lru_cache(maxsize=KEPT_PATTERNS)
def _automaton_of(pattern: str) -> "_Automaton":
    part = read_pattern(pattern)
    # The check of a demo has refused such a pattern; nothing would match it.
    return _Automaton(Characters() if isinstance(part, PatternProblem) else part)


class _Automaton:
    """States are numbers: `consuming[n]` leads to n + 1; those in `free[n]` are reached at no cost."""

    def __init__(self, part: PatternPart) -> None:
        self._consuming: dict[int, Characters] = {}
        self._free: dict[int, list[int]] = {}
        self._count = 1
        self._known: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self._end = self._add(part, 0)
        self._start = self._reached({0})

    def accepts(self, text: str) -> bool:
        """Return whether the text leads from the start to the end."""
        states = self._start
        for sign in text:
            states = self._step(states, sign)
            if not states:
                return False
        return self._end in states

    def _step(self, states: frozenset[int], sign: str) -> frozenset[int]:
        known = self._known.get((states, sign))
        if known is None:
            taken = (each for each in states if each in self._consuming)
            known = self._reached({each + 1 for each in taken if holds(self._consuming[each], sign)})
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[states, sign] = known
        return known

    def _reached(self, states: set[int]) -> frozenset[int]:
        waiting = list(states)
        while waiting:
            for after in self._free.get(waiting.pop(), ()):
                if after not in states:
                    states.add(after)
                    waiting.append(after)
        return frozenset(states)

    def _add(self, part: PatternPart, start: int) -> int:
        """Add a part that begins in a state, and return the state in which it ends."""
        match part:
            case Characters():
                own = self._state(start)
                self._consuming[own] = part
                return self._new()
            case Concatenation():
                for each in part.parts:
                    start = self._add(each, start)
                return start
            case Alternation():
                ends = [self._add(each, start) for each in part.parts]
                return self._joined(ends)
            case Repetition():
                return self._add_repeat(part, start)
            case _:
                assert_never(part)

    def _add_repeat(self, repeat: Repetition, start: int) -> int:
        for _ in range(repeat.fewest):
            start = self._add(repeat.part, start)
        if repeat.most is None:
            loop = self._state(start)
            self._free.setdefault(self._add(repeat.part, loop), []).append(loop)
            return loop
        ends = [start]
        for _ in range(repeat.most - repeat.fewest):
            start = self._add(repeat.part, start)
            ends.append(start)
        return self._joined(ends)

    def _joined(self, ends: list[int]) -> int:
        end = self._new()
        for each in ends:
            self._free.setdefault(each, []).append(end)
        return end

    def _state(self, before: int) -> int:
        """Return a new state that is reached from another for nothing."""
        state = self._new()
        self._free.setdefault(before, []).append(state)
        return state

    def _new(self) -> int:
        self._count += 1
        return self._count - 1


def holds(characters: Characters, sign: str) -> bool:
    """Return whether a character is one of these."""
    is_in = any(low <= sign <= high for low, high in characters.ranges) or any(
        _is_of(name, sign) is not is_capital for name, is_capital in characters.classes
    )
    return is_in is not characters.is_negated


def _is_of(name: ClassName, sign: str) -> bool:
    match name:
        case "d":
            return sign.isdecimal()
        case "w":
            return sign.isalnum() or sign == "_"
        case "s":
            return sign.isspace()
