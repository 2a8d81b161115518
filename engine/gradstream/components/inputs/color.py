"""The input kind `color`: a color of the sRGB space without transparency.

"#36C" | "#3366CC" --check--> "#3366cc" --decode--> the same text
"""

import re
from collections.abc import Mapping

from gradstream.components.inputs.color_names import meant_color, six_digits
from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

BLACK = "#000000"
DIGITS = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


class ColorInput(InputKind):
    """Hands over a text of `#` and six small digits, black for a color that was not touched."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the color in its one form, or why the value is not accepted."""
        if value is None:
            return BLACK
        if isinstance(value, str) and DIGITS.fullmatch(value):
            return six_digits(value)
        return self._refused(value, field)

    def _refused(self, value: object, field: Input) -> InvalidValue:
        found = meant_color(value) if isinstance(value, str) else None
        meant = found.color if found else ""
        remedy = "" if meant else 'write six digits after a #, in quotes, such as "#3366cc"'
        if found is not None and found.is_transparent:
            remedy = f'write "{meant}", and nothing shines through: colors have no transparency here'
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} takes a color",
            expected="a color such as #3366cc",
            found=describe(value),
            repair=f"did you mean {meant}?" if meant else "",
            accepted=() if remedy else (meant,),
            remedy=remedy,
        )

    def value_schema(self, field: Input) -> JsonSchema:
        """Return that of a color in either form."""
        return {"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}

    def untouched(self, field: Input) -> Plain:
        """Return black, where the browser's picker starts."""
        return BLACK

    def parse(self, text: str, field: Input) -> Plain:
        """Return the color, with the `#` that a shell would want in quotes."""
        stripped = text.strip()
        return f"#{stripped}" if re.fullmatch(r"[0-9A-Fa-f]{6}", stripped) else stripped


KINDS: Mapping[str, InputKind] = {"color": ColorInput()}
