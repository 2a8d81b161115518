r"""Reads a pattern: the part of regular expressions that every tool understands in the same way.

    text --read_pattern--> PatternPart | PatternProblem

Characters, `.`, `[a-z]`, `\d`, `\w`, `\s` and their capitals, `( )`, `|`, `*`, `+`, `?` and `{2,5}`, as in
Python. `^` at the beginning and `$` at the end are allowed and say nothing: the whole text must match.
"""

import re
from collections.abc import Mapping

from gradstream.errors import GradstreamError
from gradstream.format.text_pattern.types import (
    Alternation,
    Characters,
    ClassName,
    Concatenation,
    PatternPart,
    PatternProblem,
    Repetition,
)
from gradstream.format.wording import shorten

MAX_STATES = 500
"""Of a pattern, with counted repetitions written out: matching costs at most so many steps a character."""

MAX_DEPTH = 20
"""Groups within groups."""

COUNT = re.compile(r"\{(?P<fewest>[0-9]{1,4})(?P<comma>,(?P<most>[0-9]{1,4})?)?\}")
CLASS_NAMES: Mapping[str, ClassName] = {"d": "d", "w": "w", "s": "s"}
CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
ANY = Characters(ranges=(("\n", "\n"),), is_negated=True)
UNDERSTOOD = r"characters, `.`, `[a-z]`, `\d`, `\w`, `\s`, `( )`, `|`, `*`, `+`, `?` and `{2,5}`"


class _UnreadableError(GradstreamError):
    """Raised within this module, with what was found and what to write."""


def read_pattern(text: str) -> PatternPart | PatternProblem:
    """Return the parts of a pattern, or why it cannot be used."""
    try:
        part = _PatternReader(text).read()
    except _UnreadableError as error:
        found, repair = error.args
        return PatternProblem(
            message="the pattern cannot be read", expected=UNDERSTOOD, found=found, repair=repair
        )
    if count_states(part) > MAX_STATES:
        return PatternProblem(
            message="the pattern is too long",
            expected=f"at most {MAX_STATES} characters, with repetitions written out",
            found=f"`{shorten(text)}`",
            repair="write `min_length` and `max_length` in place of large counts",
        )
    return part


def count_states(part: PatternPart) -> int:
    """Return how many characters a part has, with its counted repetitions written out."""
    match part:
        case Characters():
            return 1
        case Concatenation() | Alternation():
            return max(sum(map(count_states, part.parts)), 1)
        case Repetition():
            return count_states(part.part) * max(part.most or part.fewest, 1)


class _PatternReader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("^")
        self._at = 0
        self._depth = 0

    def read(self) -> PatternPart:
        """Return all of it."""
        part = self._choice()
        if self._next == "$" and self._at == len(self._text) - 1:
            self._at += 1
        if self._at < len(self._text):
            raise _UnreadableError("`)` without its `(`", r"remove it, or write `\)` for the character")
        return part

    def _choice(self) -> PatternPart:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _UnreadableError(f"more than {MAX_DEPTH} groups within each other", "write fewer groups")
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        self._depth -= 1
        return ways[0] if len(ways) == 1 else Alternation(tuple(ways))

    def _sequence(self) -> PatternPart:
        parts: list[PatternPart] = []
        while self._at < len(self._text) and self._next not in "|)" and self._text[self._at :] != "$":
            parts.append(self._repeated(self._single()))
        return parts[0] if len(parts) == 1 else Concatenation(tuple(parts))

    def _repeated(self, part: PatternPart) -> PatternPart:
        fewest, most = self._count()
        if fewest == most == 1:
            return part
        # Which of several matches is found does not matter: the whole text is one or is none.
        self._take("?")
        if self._next in ("*", "+", "?") or COUNT.match(self._text, self._at):
            raise _UnreadableError(f"`{self._next}` after a repetition", "remove it, or put a group around")
        return Repetition(part=part, fewest=fewest, most=most)

    def _count(self) -> tuple[int, int | None]:
        for sign, (fewest, most) in {"*": (0, None), "+": (1, None), "?": (0, 1)}.items():
            if self._take(sign):
                return fewest, most
        counted = COUNT.match(self._text, self._at)
        if counted is None:
            return 1, 1
        self._at = counted.end()
        fewest = int(counted["fewest"])
        most = int(counted["most"]) if counted["most"] else None if counted["comma"] else fewest
        if most is not None and most < fewest:
            raise _UnreadableError(f"`{counted[0]}`", f"write `{{{most},{fewest}}}`")
        return fewest, most

    def _single(self) -> PatternPart:
        sign = self._advance()
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._set()
            case ".":
                return ANY
            case "\\":
                return self._escaped()
            case "*" | "+" | "?":
                raise _UnreadableError(
                    f"`{sign}` with nothing before it", rf"write `\{sign}` for the character"
                )
            case "^" | "$":
                raise _UnreadableError(f"`{sign}` within the pattern", rf"write `\{sign}` for the character")
            case "{" | "}" | "]":
                raise _UnreadableError(
                    f"`{sign}` outside a count or a set", rf"write `\{sign}` for the character"
                )
            case _:
                return _one(sign)

    def _group(self) -> PatternPart:
        if self._next == "?" and not self._text.startswith("?:", self._at):
            found = f"`({self._text[self._at : self._at + 2]}`"
            raise _UnreadableError(found, "write `(` without `?`, or check it in a `validator`")
        if self._take("?"):
            self._take(":")
        part = self._choice()
        if not self._take(")"):
            raise _UnreadableError("`(` without its `)`", r"add `)`, or write `\(` for the character")
        return part

    def _escaped(self) -> Characters:
        sign = self._advance()
        if (name := CLASS_NAMES.get(sign.lower())) is not None:
            return Characters(classes=((name, sign.isupper()),))
        return _one(self._literal(sign))

    def _literal(self, sign: str) -> str:
        if sign in CONTROLS:
            return CONTROLS[sign]
        if sign == "" or sign.isalnum():
            raise _UnreadableError(rf"`\{sign}`", r"remove it, or write `\\` for a backslash")
        return sign

    def _set(self) -> Characters:
        is_negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        classes: list[tuple[ClassName, bool]] = []
        while not self._take("]"):
            first = self._member()
            if isinstance(first, Characters):
                classes += first.classes
                continue
            last = first
            if self._next == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                end = self._member()
                if isinstance(end, Characters) or end < first:
                    raise _UnreadableError(f"a range from `{first}` to no later character", "turn it round")
                last = end
            ranges.append((first, last))
        if not (ranges or classes):
            raise _UnreadableError("a set without a character", r"write `\[` and `\]` for the characters")
        return Characters(ranges=tuple(ranges), classes=tuple(classes), is_negated=is_negated)

    def _member(self) -> str | Characters:
        sign = self._advance()
        if sign == "":
            raise _UnreadableError("`[` without its `]`", r"add `]`, or write `\[` for the character")
        if sign == "[":
            raise _UnreadableError("`[` within a set", r"write `\[` for the character")
        if sign != "\\":
            return sign
        after = self._advance()
        if after == "W":
            raise _UnreadableError(r"`\W` within a set", r"write the characters that are meant")
        if (name := CLASS_NAMES.get(after.lower())) is not None:
            return Characters(classes=((name, after.isupper()),))
        return self._literal(after)

    @property
    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _advance(self) -> str:
        sign = self._next
        self._at += 1
        return sign

    def _take(self, sign: str) -> bool:
        is_there = self._next == sign
        self._at += is_there
        return is_there


def _one(sign: str) -> Characters:
    return Characters(ranges=((sign, sign),))
