"""Sends what a function changes of a component beside its value.

gradstream.update(value=…, choices=…) --take--> event `props`, and the value for the component's writer
"""

from collections.abc import Callable, Mapping
from typing import Any

from gradstream.authoring import ComponentUpdate, skip
from gradstream.components.changes import check_together, checked, with_changes
from gradstream.events.types import Props, Record
from gradstream.format.types import Input, Output
from gradstream.redaction.mask import Mask
from gradstream.worker.outputs.concealed import conceal
from gradstream.worker.sending.records import record

MARK = "__type__"
"""The key by which the updates of other tools are known."""


_VALUES = frozenset({str, int, float, bool, bytes, list, tuple, type(None)})
"""What most yields are: each is asked."""


def is_update(value: Any) -> bool:
    """Return whether a yield changes properties: `gradstream.update(…)`, or a mapping of another tool."""
    if type(value) in _VALUES:
        return False
    return isinstance(value, ComponentUpdate) or (isinstance(value, Mapping) and value.get(MARK) == "update")


class Properties:
    """One run's. `components` are those that it fills, by name."""

    def __init__(
        self,
        components: Mapping[str, Input | Output],
        *,
        send: Callable[[Record], None],
        mask: Mask,
    ) -> None:
        self._components = components
        self._send = send
        self._mask = mask
        self._fields = {name: each for name, each in components.items() if isinstance(each, Input)}

    def field(self, name: str) -> Input:
        """Return an input as the run has left it so far."""
        return self._fields[name]

    def take(self, name: str, update: Any) -> Any:
        """Send the properties in an update, and return its value, `skip` without one.

        Raises UnusableYieldError.
        """
        given = dict(update.changes if isinstance(update, ComponentUpdate) else update)
        given.pop(MARK, None)
        value = given.pop("value", skip)
        component = self._components[name]
        changes = checked(component, given)
        if not changes:
            return value
        if isinstance(component, Input):
            changed = with_changes(self._fields[name], changes)
            check_together(changed)
            self._fields[name] = changed
        self._send(record(Props(component=name, changes=conceal(changes, self._mask))))
        return value
