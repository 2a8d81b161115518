"""The input kind `checkboxes`: any number of a few choices, each with a box of its own."""

from collections.abc import Mapping

from msgspec.structs import replace

from gradstream.components.inputs.choice import ChoiceInput, ChoiceOptions
from gradstream.components.inputs.kind import InputKind
from gradstream.format.types import Input


class CheckboxesInput(ChoiceInput):
    """Hands over a list of the chosen values in the order of the choices; nothing ticked is an empty list."""

    in_order = True

    def read_options(self, field: Input) -> ChoiceOptions:
        """Return the choices, of which several can be taken."""
        return replace(super().read_options(field), multiple=True)


KINDS: Mapping[str, InputKind] = {"checkboxes": CheckboxesInput()}
