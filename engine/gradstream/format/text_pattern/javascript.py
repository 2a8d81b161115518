r"""Writes a pattern for the page: the same in JavaScript, with the flag `u`.

    \w+  ->  [\p{L}\p{N}_]+

Every character is written as its number, so that nothing of it is read in another way.
"""

from typing import assert_never

from gradstream.format.text_pattern.types import (
    Alternation,
    Characters,
    ClassName,
    Concatenation,
    PatternPart,
    Repetition,
)

CLASSES: dict[tuple[ClassName, bool], str] = {
    ("d", False): r"\p{Nd}",
    ("d", True): r"\P{Nd}",
    ("w", False): r"\p{L}\p{N}_",
    ("s", False): r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    ("s", True): r"\0-\x08\x0e-\x1b\x21-\x84\x86-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e"
    r"\u2030-\u205e\u2060-\u2fff\u3001-\u{10ffff}",
}
"""What of a set stands for a class of Python's; its white space has more characters than JavaScript's."""


def in_javascript(part: PatternPart) -> str:
    """Return the source of a regular expression; it matches what the part does."""
    match part:
        case Characters():
            return _set(part)
        case Concatenation():
            return "".join(map(in_javascript, part.parts))
        case Alternation():
            return f"(?:{'|'.join(map(in_javascript, part.parts))})"
        case Repetition():
            most = "" if part.most is None else part.most
            return f"(?:{in_javascript(part.part)}){{{part.fewest},{most}}}"
        case _:
            assert_never(part)


def _set(characters: Characters) -> str:
    if characters.classes == (("w", True),) and not characters.ranges:
        # All characters but these.
        members, is_negated = CLASSES["w", False], not characters.is_negated
    else:
        ranges = (f"{_number(low)}-{_number(high)}" for low, high in characters.ranges)
        members = "".join((*ranges, *(CLASSES[each] for each in characters.classes)))
        is_negated = characters.is_negated
    return f"[{'^' if is_negated else ''}{members}]"


def _number(sign: str) -> str:
    return f"\\u{{{ord(sign):x}}}"
