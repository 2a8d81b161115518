"""The input kind `checkbox`: yes or no."""

from gradstream.components.types import Plain, Problem
from gradstream.components.wording import describe
from gradstream.format.types import Input


class CheckboxInput:
    """Hands over a bool; a box that nobody touched is False."""

    def check(self, value: object, field: Input) -> Plain | Problem:
        """Return true or false, or what is wrong."""
        if value is None:
            return False
        if isinstance(value, bool):
            return value
        return Problem(
            code="E-TYPE",
            message=f"{field.label} is either on or off",
            expected="true or false",
            found=describe(value),
            repair="true" if value in (1, "true", "yes", "on") else "",
        )

    def decode(self, plain: Plain, _field: Input) -> bool:
        """Return the bool."""
        return bool(plain)
