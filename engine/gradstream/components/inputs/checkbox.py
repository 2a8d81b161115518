"""The input kind `checkbox`: yes or no."""

from collections.abc import Mapping
from typing import ClassVar

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

WORDS = {"true": True, "false": False}


class CheckboxInput(InputKind):
    """Hands over a bool, False for a box that was not touched."""

    required_words: ClassVar[tuple[str, str]] = ("a tick", "tick it")
    """What `required` expects, and what a visitor should do."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return true or false, or why the value is not accepted."""
        if value is None:
            return False
        if isinstance(value, bool):
            return value
        means_on = value in (1, "true", "yes", "on")
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} is either on or off",
            expected="true or false",
            found=describe(value),
            repair="true" if means_on else "",
            accepted=(True,) if means_on else (True, False),
        )

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a bool; only a ticked box satisfies `required`."""
        return {"const": True} if field.required else {"type": "boolean"}

    def check_required(self, checked: Plain, field: Input) -> InvalidValue | None:
        """Return that the box must be ticked, None where it is."""
        if checked:
            return None
        expected, repair = self.required_words
        return InvalidValue(
            code="E-REQUIRED",
            message=f"{field.label} is needed",
            expected=expected,
            found="nothing",
            repair=repair,
        )

    def untouched(self, field: Input) -> Plain:
        """Return False."""
        return False

    def parse(self, text: str, field: Input) -> Plain:
        """Return the bool of `true` or `false`, in small or capital letters."""
        return WORDS.get(text.strip().lower(), text)


KINDS: Mapping[str, InputKind] = {"checkbox": CheckboxInput()}
