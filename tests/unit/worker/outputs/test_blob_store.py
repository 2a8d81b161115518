"""What was made for a key is made once, up to a bound."""

import asyncio

from gradstream.limits import WORKER_LIMITS
from gradstream.worker.outputs.blob_store import MORE, RunStore
from gradstream.worker.sending.flow_control import FlowControl
from gradstream.worker.sending.outbox import Outbox, RunOutbox
from tests.unit.worker.ends import open_ends


async def test_pictures_are_recognised_up_to_a_bound() -> None:
    """The oldest is forgotten, and made again."""
    made: list[int] = []
    with open_ends() as ends:
        outbox = Outbox(ends.channel, asyncio.get_running_loop())
        store = RunStore(RunOutbox("r", outbox=outbox, flow=FlowControl(), in_loop=True), warn=print)

        def remember(number: int) -> None:
            store.once(bytes([number]), lambda: made.append(number))

        for number in [*range(WORKER_LIMITS.known_pictures), 0, WORKER_LIMITS.known_pictures, 0]:
            remember(number)
    assert made == [*range(WORKER_LIMITS.known_pictures), WORKER_LIMITS.known_pictures, 0]


async def test_remarks_are_logged_once_and_not_without_end() -> None:
    """A generator that gives a new reason with each yield does not fill the log."""
    said: list[str] = []
    with open_ends() as ends:
        outbox = Outbox(ends.channel, asyncio.get_running_loop())
        store = RunStore(RunOutbox("r", outbox=outbox, flow=FlowControl(), in_loop=True), warn=said.append)
        for number in [*range(2 * WORKER_LIMITS.remarks), 0]:
            store.warn(f"remark {number}")
    assert said == [*(f"remark {number}" for number in range(WORKER_LIMITS.remarks)), MORE]
