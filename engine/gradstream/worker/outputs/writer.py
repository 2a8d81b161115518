"""What writes one output of one run, and what all writers of a run share.

yield --Writer.write--> events in the order of the yields, one step a yield --> Steps --> RunOutbox
"""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, Protocol

from msgspec import Struct

from gradstream.components.types import Store, UnusableYieldError
from gradstream.media.types import Codec
from gradstream.redaction.mask import Mask
from gradstream.worker.outputs.steps import Steps
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import RunOutbox


class Writer(Protocol):
    """One output's. Both methods raise UnusableYieldError."""

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send one step; `is_last` where it is known that no other follows."""

    def finish(self) -> None:
        """Send what becomes known only at the end of a run that succeeds."""


class WriterContext(Struct, frozen=True, kw_only=True):
    """What writers need of their run.

    `failed` reports an error of another thread as the run's; `warn` logs a remark for the developer;
    `mask` masks the demo's secrets. With `exact` no picture is sent in an encoding that loses anything.
    """

    run: str
    outbox: RunOutbox
    steps: Steps
    flow: FlowControl
    store: Store
    stream_threads: Executor
    accepts: tuple[Codec, ...]
    call_at: Callable[[float, Callable[[], None]], None]
    failed: Callable[[BaseException], None]
    warn: Callable[[str], None]
    mask: Mask
    exact: bool = False


def warn_of_output(context: WriterContext, output: str, text: str) -> None:
    """Log a remark for the developer about an output."""
    context.warn(f"output `{output}`: {text}")


def name_output(error: UnusableYieldError, output: str) -> UnusableYieldError:
    """Return the same error, with the output that the value was for."""
    return UnusableYieldError(f"output `{output}`: {error}")
