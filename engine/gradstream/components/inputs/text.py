"""The input kind `text`: one line, many lines, or a password."""

from msgspec import Struct, convert

from gradstream.components.types import Plain, Problem
from gradstream.components.wording import describe
from gradstream.format.types import Input


class Options(Struct, frozen=True):
    """The keys of a text input that its value depends on."""

    max_length: int | None = None


class TextInput:
    """Hands over a string; a field that nobody filled in is an empty one."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return the text, or what is wrong with it."""
        if value is None:
            return ""
        if not isinstance(value, str):
            return Problem(
                code="E-TYPE",
                message=f"{field.label} takes text",
                expected="text",
                found=describe(value),
                repair="put the value between quotes" if isinstance(value, int | float) else "",
            )
        longest = convert(field.options, Options).max_length
        if longest is not None and len(value) > longest:
            return Problem(
                code="E-TOO-LONG",
                message=f"{field.label} is too long",
                expected=f"at most {longest} characters",
                found=f"{len(value)} characters",
                repair=f"leave out {len(value) - longest}",
            )
        return value

    def decode(self, plain: Plain, _field: Input) -> str:
        """Return the text."""
        return str(plain)
