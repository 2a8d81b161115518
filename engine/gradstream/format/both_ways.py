"""One component, both ways: outputs that hand over what they show, and inputs that a run fills.

    an action's `inputs` name an output     shown value --as_input--> checked and decoded as an input's value
    an action's `outputs` name an input     yield --plain, or as_output for files--> its value on the page

A name that is both an input and an output means the input among `inputs`, and the output among `outputs`.
"""

from msgspec.structs import replace

from gradstream.format.build import build_input, build_output
from gradstream.format.kinds import Kinds
from gradstream.format.types import Input, Output

SHARED_OPTIONS = ("as", "language", "placeholder")
"""Options that mean the same for what an output shows and for an input that takes it."""

FURTHER = {"lines": 8, "multiple": True, "captions": True}
"""Of inputs that have these options: what a function writes is rarely one line or file, and has its words."""


def handed_as(output: Output, kinds: Kinds) -> str | None:
    """Return the kind of input that takes what the output shows; None where no function can get it."""
    is_stream = kinds.outputs[output.kind].is_media and output.streaming and output.updates == "append"
    return None if is_stream else kinds.handed.get(output.kind)


def with_input(output: Output, kinds: Kinds) -> Output:
    """Return the output with the input that takes what it shows, if there can be one."""
    kind = handed_as(output, kinds)
    if kind is None:
        return output
    shared = {key: output.options[key] for key in SHARED_OPTIONS if key in output.options}
    own = kinds.outputs[output.kind].handed_options(output)
    field = build_input(output.name, {"type": kind, "label": output.label, **FURTHER, **shared, **own})
    return replace(output, as_input=kinds.inputs[kind].complete(field))


def with_output(field: Input, kinds: Kinds) -> Input:
    """Return the input with the output that encodes files which are yielded into it, if it takes files."""
    if not kinds.inputs[field.kind].takes_file or field.kind not in kinds.outputs:
        return field
    written = {"type": field.kind, "label": field.label, "streaming": True, "updates": "replace"}
    return replace(field, as_output=build_output(field.name, written))
