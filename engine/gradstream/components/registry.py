"""All kinds of input and output, by name: what the modules of `inputs` and `outputs` have as `KINDS`."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from gradstream.components import inputs, outputs
from gradstream.components.inputs.kind import InputKind
from gradstream.components.outputs.kind import OutputKind
from gradstream.format.kinds import Kinds


def _kinds(package: Any) -> Iterator[tuple[str, Any]]:
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        yield from getattr(module, "KINDS", {}).items()


INPUTS: Mapping[str, InputKind] = dict(_kinds(inputs))

OUTPUTS: Mapping[str, OutputKind] = dict(_kinds(outputs))

HANDED: Mapping[str, str] = {
    name: kind.handed_as for name, kind in OUTPUTS.items() if kind.handed_as is not None
}
"""The kind of input that takes what a kind of output shows; the others cannot be given to a function."""

KINDS = Kinds(inputs=INPUTS, outputs=OUTPUTS, handed=HANDED)
"""What loading a demo is given."""


def input_kind(kind: str) -> InputKind:
    """Return the input kind of this name; KeyError when there is none, which the schema rules out."""
    return INPUTS[kind]


def output_kind(kind: str) -> OutputKind:
    """Return the output kind of this name; KeyError when there is none, which the schema rules out."""
    return OUTPUTS[kind]
