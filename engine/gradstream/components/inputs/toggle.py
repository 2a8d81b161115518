"""The input kind `toggle`: a switch, on or off."""

from gradstream.components.inputs.checkbox import CheckboxInput


class ToggleInput(CheckboxInput):
    """Hands over a bool, False for a switch that was not touched."""

    required_words = ("it switched on", "switch it on")
