"""The input kind `text`: one line, many lines, or a password."""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct, convert

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain, word
from gradstream.format.wording import describe


class TextOptions(Struct, frozen=True):
    """The keys of a text input that its value depends on."""

    max_length: int | None = None


class TextInput(InputKind):
    """Hands over a string, an empty one for a field that was not filled in."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "submit", "clear")

    properties = frozenset({"lines", "max_length", "placeholder"})

    holds_message = True

    def rule_keys(self, field: Input) -> frozenset[str]:
        """Return those about texts."""
        return frozenset({"min_length", "max_length", "pattern"})

    def is_secret(self, field: Input) -> bool:
        """Return whether it is a password."""
        return field.options.get("password") is True

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the text, or why the value is not accepted."""
        if value is None:
            return ""
        if not isinstance(value, str):
            is_scalar = isinstance(value, int | float)
            return InvalidValue(
                code="E-TYPE",
                message=f"{field.label} takes text",
                expected="text",
                found=describe(value),
                repair="put the value between quotes" if is_scalar else "",
                accepted=(word(value),) if is_scalar else (),
            )
        longest = convert(field.options, TextOptions).max_length
        if longest is not None and len(value) > longest:
            return InvalidValue(
                code="E-TOO-LONG",
                message=f"{field.label} is too long",
                expected=f"at most {longest} characters",
                found=f"{len(value)} characters",
                repair=f"leave out {len(value) - longest}",
                remedy=f"shorten it by {len(value) - longest}, or raise `max_length`",
            )
        return value

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a text, at most `max_length` characters long."""
        schema: JsonSchema = {"type": "string"}
        if field.required:
            schema["minLength"] = 1
        longest = convert(field.options, TextOptions).max_length
        if longest is not None:
            schema["maxLength"] = longest
        return schema


KINDS: Mapping[str, InputKind] = {"text": TextInput()}
