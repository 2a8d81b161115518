"""The input kind `code`: text in which every character counts, in a monospaced field."""

from gradstream.components.inputs.text import TextInput


class CodeInput(TextInput):
    """Hands over a string as it was typed, an empty one for a field that was not filled in."""

    holds_message = False
