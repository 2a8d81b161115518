"""What takes the values of an action's inputs: the demo's inputs, and what outputs hand over."""

from collections.abc import Sequence

from gradstream.format.types import Demo, Input


def fields_of(names: Sequence[str], demo: Demo) -> Sequence[Input]:
    """Return what takes the values of an action's inputs of these names, those of outputs included."""
    handed = {output.name: output.as_input for output in demo.outputs if output.as_input is not None}
    fields = {**handed, **{field.name: field for field in demo.inputs}}
    return [fields[name] for name in names if name in fields]
