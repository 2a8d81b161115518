"""The input kinds `radio` and `dropdown`: one of a set, or several with `multiple: true`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import DecodeError, Struct, convert, json

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidOption, InvalidValue
from gradstream.format.types import Choice, Input
from gradstream.format.values import Plain, is_same, word
from gradstream.format.wording import all_of, describe, guess, one_of

MOST_CHOICES_NAMED = 8
"""A message names so many choices; the form beside it shows all."""

BETWEEN_CHOICES = ";"
"""Separates several choices in one text, such as a cell of a CSV file."""


_Key = tuple[bool, str | float]
"""What choices are found by."""


class ChoiceOptions(Struct, frozen=True):
    """The keys of a set that its value depends on."""

    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    allow_custom: bool = False


class ChoiceInput(InputKind):
    """Hands over the choice's `value`, or a list of values; nothing chosen is None, or an empty list."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "select")

    properties = frozenset({"choices"})

    in_order: ClassVar[bool] = False
    """Whether several values are handed over in the order of the choices, and not in that of the list."""

    def read_options(self, field: Input) -> ChoiceOptions:
        """Return the options of an input."""
        return convert(field.options, ChoiceOptions)

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about the number of values, if there can be several, and about texts of visitors."""
        options = self.read_options(field)
        lengths = frozenset({"min_length", "max_length"})
        if options.allow_custom:
            return lengths | {"pattern"}
        return lengths if options.multiple else frozenset()

    def is_awaited(self, field: Input) -> bool:
        """Return whether nothing is chosen at first; of several choices none may be meant."""
        return field.default is None and not self.read_options(field).multiple

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the chosen value or values, or why they are not accepted."""
        options = self.read_options(field)
        if not options.multiple:
            return None if value is None else _pick(value, options, field, known=_known(options))
        if value is None:
            return []
        if not isinstance(value, list):
            return InvalidValue(
                code="E-TYPE",
                message=f"{field.label} takes several values",
                expected="a list",
                found=describe(value),
                repair="put the value between square brackets",
                accepted=([value],),
            )
        picked = _pick_several(value, options, field)
        if isinstance(picked, InvalidValue) or not self.in_order:
            return picked
        return [
            choice.value for choice in options.choices if any(is_same(choice.value, one) for one in picked)
        ]

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a choice, or of a list of choices."""
        options = self.read_options(field)
        chosen: JsonSchema = {"enum": [choice.value for choice in options.choices]}
        if options.allow_custom:
            chosen = {"anyOf": [chosen, {"type": "string"}]}
        if not options.multiple:
            return chosen
        several: JsonSchema = {"type": "array", "items": chosen, "uniqueItems": True}
        return {**several, "minItems": 1} if field.required else several

    def check_options(self, field: Input, *, keys: Collection[str]) -> Iterator[InvalidOption]:
        """Yield choices that are listed twice."""
        values = [choice.value for choice in self.read_options(field).choices]
        for index, value in enumerate(values):
            if any(is_same(value, earlier) for earlier in values[:index]):
                yield InvalidOption(
                    route=("choices", index),
                    code="E-CHOICE-TWICE",
                    message="a choice is listed twice",
                    expected="each choice once",
                    repair="remove one of the two",
                )

    def untouched(self, field: Input) -> Plain:
        """Return no choice."""
        return [] if self.read_options(field).multiple else None

    def parse(self, text: str, field: Input) -> Plain:
        """Return the choice, or the list of choices, which is written with semicolons or as JSON."""
        options = self.read_options(field)
        if not options.multiple:
            return _read(text.strip(), options)
        listed = _json_list(text)
        if listed is not None:
            return listed
        return [_read(one.strip(), options) for one in text.split(BETWEEN_CHOICES) if one.strip()]


KINDS: Mapping[str, InputKind] = {"radio": ChoiceInput(), "dropdown": ChoiceInput()}


def _pick_several(values: list[Any], options: ChoiceOptions, field: Input) -> list[Plain] | InvalidValue:
    """Return all choices, or what is wrong with the first value that is not accepted."""
    known = _known(options)
    picked: dict[_Key, Plain] = {}
    for value in values:
        one = _pick(value, options, field, known=known)
        if isinstance(one, InvalidValue):
            return one
        if _key(one) in picked:
            return _repeated(one, field)
        picked[_key(one)] = one
    return list(picked.values())


def _known(options: ChoiceOptions) -> Mapping[_Key, Plain]:
    return {_key(choice.value): choice.value for choice in reversed(options.choices)}


def _key(value: str | float) -> _Key:
    """Return what is equal for values that `is_same` finds the same: 1 is 1.0, and `true` is not 1."""
    return isinstance(value, bool), value


def _pick(
    value: object, options: ChoiceOptions, field: Input, *, known: Mapping[_Key, Plain]
) -> Plain | InvalidValue:
    if isinstance(value, str | int | float) and _key(value) in known:
        return known[_key(value)]
    if options.allow_custom and isinstance(value, str):
        return value
    values = [choice.value for choice in options.choices]
    return InvalidValue(
        code="E-CHOICE",
        message=f"{field.label} has no such choice",
        expected=_one_of(values),
        found=describe(value),
        repair=_meant(value, values),
        accepted=_near(value, values) or (tuple(values) if len(values) <= MOST_CHOICES_NAMED else ()),
        remedy="set `multiple: true`" if isinstance(value, list) else "add it to `choices`",
    )


def _one_of(values: Sequence[object]) -> str:
    more = len(values) - MOST_CHOICES_NAMED
    if more > 0:
        return f"one of {all_of(values[:MOST_CHOICES_NAMED])} and {more} more"
    return one_of(values) or "a choice of the list, which has none"


def _meant(value: object, values: Sequence[object]) -> str:
    near = _near(value, values)
    if not near:
        return ""
    if word(near[0]) != word(value):
        return f"did you mean {word(near[0])}?"
    written = word(value)
    return f"send {written} without quotes" if isinstance(value, str) else f'send "{written}" as text'


def _near(value: object, values: Sequence[object]) -> tuple[Plain, ...]:
    """Return the choice that was probably meant: of another type, or spelled in nearly the same way."""
    by_word = {word(one): one for one in values}
    if isinstance(value, list | dict):
        return ()
    if type(value) is int and all(isinstance(one, str) for one in values):
        return _at(value, values)
    close = word(value) if word(value) in by_word else None
    if close is None and isinstance(value, str):
        close = guess(value, by_word)
    return () if close is None else (by_word[close],)


def _at(index: int, values: Sequence[object]) -> tuple[Plain, ...]:
    """Return the choice that is meant by its place, counted from 0 as other tools do, or else from 1."""
    counted = (index, index - 1) if index else (0,)
    return tuple(str(values[one]) for one in counted if 0 <= one < len(values))


def _repeated(value: Plain, field: Input) -> InvalidValue:
    return InvalidValue(
        code="E-REPEATED",
        message=f"{field.label} has a value twice",
        expected="each value once",
        found=describe(value),
        repair="leave out the second one",
        remedy="remove the second one",
    )


def _read(text: str, options: ChoiceOptions) -> Plain:
    return next((choice.value for choice in options.choices if text in _names(choice)), text)


def _names(choice: Choice) -> tuple[str, ...]:
    switch = ("on" if choice.value else "off",) if isinstance(choice.value, bool) else ()
    return (str(choice.value), word(choice.value), *switch)


def _json_list(text: str) -> list[Any] | None:
    try:
        listed = json.decode(text)
    except DecodeError:
        return None
    return listed if isinstance(listed, list) else None
