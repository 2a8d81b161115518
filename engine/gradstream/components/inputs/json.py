"""The input kind `json`: any value of JSON but a text, which the kind `text` is for.

    {"a": 1} | '{"a": 1}' --check--> {"a": 1} --decode--> the same dict, list, number or bool

A text is read as JSON: that is what a visitor has typed, a cell of a CSV file, or a default in one piece.
"""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import DecodeError, json

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe, shorten

LONGEST_TEXT = 1_000_000
"""Characters: such a text is read in a hundredth of a second."""

BYTE = "(byte "
"""Before the place in the decoder's messages: `JSON is malformed: invalid character (byte 12)`."""


class JsonInput(InputKind):
    """Hands over what JSON has: a dict, a list, a number or a bool; an empty field is None."""

    page_events: ClassVar[tuple[str, ...]] = ("change", "clear")

    properties = frozenset({"lines", "placeholder"})

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the value, read where it is a text, or why it is not accepted."""
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        if len(value) > LONGEST_TEXT:
            return InvalidValue(
                code="E-TOO-LONG",
                message=f"{field.label} is too long",
                expected=f"at most {LONGEST_TEXT:,} characters of JSON",
                found=f"{len(value):,} characters",
                repair="send less, or a file",
                remedy="take a `file` instead",
            )
        return _read(value, field)

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of any JSON; a text must be JSON itself, which JSON Schema cannot say."""
        return {"type": ["object", "array", "number", "boolean", "string"]}


KINDS: Mapping[str, InputKind] = {"json": JsonInput()}


def _read(text: str, field: Input) -> Plain | InvalidValue:
    try:
        value = json.decode(text)
    except (DecodeError, UnicodeEncodeError, RecursionError, ValueError) as error:
        return _not_json(text, field, where=_place(text, str(error)))
    return _not_json(text, field, where="") if isinstance(value, str) else value


def _not_json(text: str, field: Input, *, where: str) -> InvalidValue:
    is_quoted = text.lstrip().startswith('"') and not where
    return InvalidValue(
        code="E-TYPE",
        message=f"{field.label} takes JSON, and this is {'only a text' if is_quoted else f'none{where}'}",
        expected='an object, a list, a number, true or false, such as {"size": 3}',
        found=f"the text `{shorten(text.strip())}`" if is_quoted else describe(text),
        repair="use double quotes around names and texts, and no comma before a closing bracket",
        remedy="write a mapping or a list of YAML",
    )


def _place(text: str, message: str) -> str:
    """Return the line and the column that the decoder's message means; "" where it has none."""
    _, found, rest = message.rpartition(BYTE)
    if not found or not rest.rstrip(")").isdecimal():
        return " (it ends too early)" if "truncated" in message else ""
    before = text.encode("utf-8", "surrogatepass")[: int(rest.rstrip(")"))].decode("utf-8", "replace")
    line = before.count("\n") + 1
    return f" (line {line}, column {len(before) - before.rfind(chr(10))})"
