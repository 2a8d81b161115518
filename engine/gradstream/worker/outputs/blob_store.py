"""The big values of one run, on their way to the server, and remarks about values."""

from collections import OrderedDict
from collections.abc import Callable

from gradstream.format.values import Plain
from gradstream.limits import WORKER_LIMITS, WorkerLimits
from gradstream.worker.sending.outbox import RunOutbox

MORE = "there are more such remarks in this run, which are not logged"


class RunStore:
    """Fulfils `components.types.Store`."""

    def __init__(
        self, outbox: RunOutbox, *, warn: Callable[[str], None], limits: WorkerLimits = WORKER_LIMITS
    ) -> None:
        self.limits = limits
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
            if len(self._made) > self.limits.known_pictures:
                self._made.popitem(last=False)
        return self._made[key]

    def warn(self, text: str) -> None:
        """Log a remark for the developer, each text once; after `limits.remarks`, that there are more."""
        if text in self._remarks or len(self._remarks) > self.limits.remarks:
            return
        self._remarks.add(text)
        self._warn(text if len(self._remarks) <= self.limits.remarks else MORE)
