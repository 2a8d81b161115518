"""What takes the values of an action's inputs: the demo's inputs, and what outputs hand over."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gradstream.format.kinds import InputRules
from gradstream.format.types import Action, Demo, Input


def fields_of(names: Sequence[str], demo: Demo) -> Sequence[Input]:
    """Return what takes the values of an action's inputs of these names, those of outputs included."""
    handed = {output.name: output.as_input for output in demo.outputs if output.as_input is not None}
    fields = {**handed, **{field.name: field for field in demo.inputs}}
    return [fields[name] for name in names if name in fields]


def awaited_inputs(action: Action, demo: Demo, kinds: Mapping[str, InputRules]) -> tuple[str, ...]:
    """Return the inputs without which a live action does not run, as if they were required."""
    if action.live is None:
        return ()
    taken = [field for field in demo.inputs if field.name in action.inputs]
    return tuple(field.name for field in taken if kinds[field.kind].is_awaited(field))


def required_fields(action: Action, demo: Demo, kinds: Mapping[str, InputRules]) -> Sequence[Input]:
    """Return what takes the values of an action's inputs, those that it waits for as required ones."""
    awaited = awaited_inputs(action, demo, kinds)
    return [
        replace(field, required=True) if field.name in awaited else field
        for field in fields_of(action.inputs, demo)
    ]
