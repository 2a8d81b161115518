"""What modules set while they are imported, kept for the runs of their demos.

    import of a demo, in its context, with the module's file as sys.argv --> context variables, sys.argv
    run --> a copy of the context, the same sys.argv

A module is executed once per process, but its demo may be loaded again, with another version of its YAML.
"""

import contextvars
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class ModuleSettings:
    """One process's."""

    def __init__(self) -> None:
        self._contexts: defaultdict[str, contextvars.Context] = defaultdict(contextvars.Context)
        self._arguments: dict[str, tuple[str, ...]] = {}

    def context(self, address: str) -> contextvars.Context:
        """Return the context in which this demo's modules are imported: its own, and always the same."""
        return self._contexts[address]

    def import_with_arguments(self, module: str, file: str, call: Callable[[], T]) -> T:
        """Import a module by `call`, with its file as the only argument in `sys.argv`."""
        set_arguments(self._arguments.get(module, (file,)))
        result = call()
        self._arguments[module] = tuple(sys.argv)
        return result


def set_arguments(arguments: Sequence[str]) -> None:
    """Set `sys.argv`, unless it is the same already."""
    if sys.argv != [*arguments]:
        sys.argv = [*arguments]
