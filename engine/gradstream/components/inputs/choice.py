"""The input kinds `radio` and `dropdown`: one of a set, or several with `multiple: true`."""

from collections.abc import Sequence

from msgspec import Struct, convert

from gradstream.components.types import Plain, Problem
from gradstream.components.wording import describe, enumerate_words, guess
from gradstream.format.types import Choice, Input

MOST_CHOICES_NAMED = 8
"""A message names so many choices; the form beside it shows all."""


class Options(Struct, frozen=True):
    """The keys of a set that its value depends on."""

    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    allow_custom: bool = False


class ChoiceInput:
    """Hands over the choice's `value`, or a list of values; nothing chosen is None, or an empty list."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return the chosen value or values, or what is wrong."""
        options = convert(field.options, Options)
        if not options.multiple:
            return None if value is None else _pick(value, options, field)
        if value is None:
            return []
        if not isinstance(value, list):
            return Problem(
                code="E-TYPE",
                message=f"{field.label} takes several values",
                expected="a list",
                found=describe(value),
                repair="put the value between square brackets",
            )
        picked = [_pick(one, options, field) for one in value]
        problem = next((one for one in picked if isinstance(one, Problem)), None)
        return problem or _repeated(picked, field) or picked

    def decode(self, plain: Plain, _field: Input) -> Plain:
        """Return the chosen value or values."""
        return plain


def _pick(value: object, options: Options, field: Input) -> Plain | Problem:
    for choice in options.choices:
        if _same(choice.value, value):
            return choice.value
    if options.allow_custom and isinstance(value, str):
        return value
    values = [choice.value for choice in options.choices]
    return Problem(
        code="E-CHOICE",
        message=f"{field.label} has no such choice",
        expected=_one_of(values),
        found=describe(value),
        repair=_meant(value, values),
    )


def _same(choice: object, value: object) -> bool:
    """Compare as JSON does: 1 and 1.0 are one number, but neither is true."""
    return choice == value and isinstance(choice, bool) == isinstance(value, bool)


def _one_of(values: Sequence[object]) -> str:
    words = [_word(value) for value in values[:MOST_CHOICES_NAMED]]
    if len(values) > MOST_CHOICES_NAMED:
        return f"one of {', '.join(words)} and {len(values) - MOST_CHOICES_NAMED} more"
    return enumerate_words(words) if words else "a choice of the list, which has none"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _meant(value: object, values: Sequence[object]) -> str:
    known = [_word(one) for one in values]
    written = _word(value)
    if written in known:
        quoted = isinstance(value, str)
        return f"send {written} without quotes" if quoted else f'send "{written}" as text'
    close = guess(written, known) if isinstance(value, str) else None
    return f"did you mean {close}?" if close else ""


def _repeated(picked: list[Plain], field: Input) -> Problem | None:
    for index, value in enumerate(picked):
        if any(_same(value, earlier) for earlier in picked[:index]):
            return Problem(
                code="E-REPEATED",
                message=f"{field.label} has a value twice",
                expected="each value once",
                found=describe(value),
                repair="leave out the second one",
            )
    return None
