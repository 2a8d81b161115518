"""The input kind `color`: a color of the sRGB space without transparency.

"#36C" | "#3366CC" --check--> "#3366cc" --decode--> the same text
"""

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb

from gradstream.components.inputs.kind import InputKind
from gradstream.components.types import JsonSchema
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input
from gradstream.format.values import Plain
from gradstream.format.wording import describe

BLACK = "#000000"

DIGITS = re.compile(r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
WITH_ALPHA = re.compile(r"#?([0-9A-Fa-f]{6})[0-9A-Fa-f]{2}")
SHADE = re.compile(r"hsla?\( *(\d{1,3})(?:deg)?[ ,]+(\d{1,3})%?[ ,]+(\d{1,3})%?(?: *[,/].*)?\)")
FUNCTION = re.compile(r"rgba?\( *(\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3})(?: *[,/].*)?\)")
"""As style sheets write colors."""

NAMES: Mapping[str, str] = {
    "aqua": "#00ffff",
    "black": BLACK,
    "blue": "#0000ff",
    "brown": "#a52a2a",
    "cyan": "#00ffff",
    "fuchsia": "#ff00ff",
    "gold": "#ffd700",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "lime": "#00ff00",
    "magenta": "#ff00ff",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "pink": "#ffc0cb",
    "purple": "#800080",
    "red": "#ff0000",
    "silver": "#c0c0c0",
    "teal": "#008080",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
"""The names of CSS that people write first, for repairs: https://www.w3.org/TR/css-color-4/#named-colors."""


class ColorInput(InputKind):
    """Hands over a text of `#` and six small digits, black for a color that was not touched."""

    def check_value(self, value: object, field: Input) -> Plain | InvalidValue:
        """Return the color in its one form, or why the value is not accepted."""
        if value is None:
            return BLACK
        if isinstance(value, str) and value.startswith("#") and DIGITS.fullmatch(value):
            return _long(value)
        meant = _meant(value)
        return InvalidValue(
            code="E-TYPE",
            message=f"{field.label} takes a color",
            expected="a color such as #3366cc",
            found=describe(value),
            repair=f"did you mean {meant}?" if meant else "",
            accepted=(meant,) if meant else (),
            remedy="" if meant else 'write six digits after a #, in quotes, such as "#3366cc"',
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


def _long(color: str) -> str:
    digits = color.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _meant(value: object) -> str:
    """Return the color of a name, of a form that style sheets have, or without its `#`; "" for none."""
    if not isinstance(value, str):
        return ""
    text = value.strip().lower().removeprefix("0x")
    if DIGITS.fullmatch(text):
        return _long(text)
    alpha, function = WITH_ALPHA.fullmatch(text), FUNCTION.fullmatch(text)
    if alpha:
        return _long(alpha[1])
    if function and all(int(part) < 256 for part in function.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in function.groups())
    shade = SHADE.fullmatch(text)
    if shade:
        hue, saturation, lightness = (float(part) for part in shade.groups())
        parts = hls_to_rgb(hue % 360 / 360, min(lightness, 100) / 100, min(saturation, 100) / 100)
        return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return NAMES.get(text.replace(" ", ""), "")
