"""The big values of one run, on their way to the server, and remarks about values."""

from collections import OrderedDict
from collections.abc import Callable

from gradstream.format.values import Plain
from gradstream.worker.sending.outbox import RunOutbox

MAX_REMEMBERED = 64
"""Pictures of a conversation that are recognised when they are yielded again; the oldest is forgotten."""

MORE = "there are more such remarks in this run, which are not logged"

MAX_REMARKS = 100
"""Remarks of one run that are logged."""


class RunStore:
    """Fulfils `components.types.Store`."""

    def __init__(self, outbox: RunOutbox, *, warn: Callable[[str], None]) -> None:
        self._outbox = outbox
        self._warn = warn
        self._remarks: set[str] = set()
        self._made: OrderedDict[bytes, Plain] = OrderedDict()

    def put(self, data: bytes, mime: str) -> str:
        """Send bytes ahead of what refers to them, once, and return their digest."""
        return self._outbox.send_blob(data, mime)

    def once(self, key: bytes, make: Callable[[], Plain]) -> Plain:
        """Return what `make` returned for this key before, or make it now."""
        if key not in self._made:
            self._made[key] = make()
            if len(self._made) > MAX_REMEMBERED:
                self._made.popitem(last=False)
        return self._made[key]

    def warn(self, text: str) -> None:
        """Log a remark for the developer, each text once; after `MAX_REMARKS`, that there are more."""
        if text in self._remarks or len(self._remarks) > MAX_REMARKS:
            return
        self._remarks.add(text)
        self._warn(text if len(self._remarks) <= MAX_REMARKS else MORE)
