"""The input kind `toggle`: a switch, on or off."""

from collections.abc import Mapping

from gradstream.components.inputs.checkbox import CheckboxInput
from gradstream.components.inputs.kind import InputKind


class ToggleInput(CheckboxInput):
    """Hands over a bool, False for a switch that was not touched."""

    required_words = ("it switched on", "switch it on")


KINDS: Mapping[str, InputKind] = {"toggle": ToggleInput()}
