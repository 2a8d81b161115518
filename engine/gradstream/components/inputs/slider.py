"""The input kind `slider`: a number chosen by dragging a handle, which starts at the minimum."""

from gradstream.components.inputs.number import NumberInput
from gradstream.format.types import Input
from gradstream.format.values import Plain


class SliderInput(NumberInput):
    """Hands over an int or a float."""

    is_range = True

    def untouched(self, field: Input) -> Plain:
        """Return the minimum."""
        return field.options["minimum"]
