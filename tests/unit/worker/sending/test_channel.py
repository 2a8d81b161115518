"""The worker's end of the socket: it never waits, answers pings by itself, and calls back in time."""

import threading
import time

from gradstream.ipc.protocol import Blob, CancelRequest, ExitRequest, PingRequest, Pong, Printed
from tests.patience import PATIENCE_S
from tests.unit.worker.ends import open_ends


def test_requests_are_handed_over_and_pings_answered() -> None:
    """A ping is answered without asking anyone; everything else is handed over in order."""
    with open_ends() as ends:
        ends.request(CancelRequest(run="r"))
        ends.request(PingRequest(token=5))
        assert ends.next() == Pong(token=5)
        ends.request(ExitRequest())
        ends.request(PingRequest(token=6))
        assert ends.next() == Pong(token=6)
        assert ends.handled == [CancelRequest(run="r"), ExitRequest()]


def test_a_write_never_waits() -> None:
    """What the socket does not take is kept, and comes in order when the server reads again."""
    with open_ends() as ends:
        blobs = [Blob(run="r", digest=str(number), mime="m", data=bytes(300_000)) for number in range(20)]
        for blob in blobs:
            ends.channel.send(blob)
        assert ends.take(20) == blobs
        ends.channel.send(Pong(token=1))
        assert ends.next() == Pong(token=1)


def test_prints_are_announced_once_before_the_next_write() -> None:
    """The server looks for printed lines where there are some, and not at each write."""
    with open_ends() as ends:
        ends.channel.send(Pong(token=1))
        ends.channel.note_printed()
        ends.channel.note_printed()
        for token in (2, 3):
            ends.channel.send(Pong(token=token))
        assert ends.take(4) == [Pong(token=1), Printed(), Pong(token=2), Pong(token=3)]


def test_what_waits_in_a_pipe_is_announced_while_it_does() -> None:
    """Each write begins with `Printed` until the server has read what was written beside Python's streams."""
    with open_ends() as ends:
        ends.output.set()
        ends.channel.send(Pong(token=1))
        ends.output.clear()
        ends.channel.send(Pong(token=2))
        assert ends.take(3) == [Printed(), Pong(token=1), Pong(token=2)]


def test_timers_run_in_their_order() -> None:
    """The earlier comes first, whenever it was asked for."""
    with open_ends() as ends:
        called: list[str] = []
        done = threading.Event()
        now = time.monotonic()
        ends.channel.call_at(now + 0.02, done.set)
        ends.channel.call_at(now + 0.01, lambda: called.append("late"))
        ends.channel.call_at(now, lambda: called.append("early"))
        assert done.wait(PATIENCE_S)
        assert called == ["early", "late"]


def test_what_is_left_is_written_at_the_end() -> None:
    """Before a process ends, what waits is handed over."""
    with open_ends() as ends:
        blob = Blob(run="r", digest="d", mime="m", data=bytes(3_000_000))
        ends.channel.send(blob)
        writer = threading.Thread(target=ends.channel.drain, args=(PATIENCE_S,))
        writer.start()
        assert ends.next() == blob
        writer.join()


def test_a_server_that_breaks_the_protocol_is_lost() -> None:
    """Bytes that are not a request end the channel."""
    with open_ends() as ends:
        ends.theirs.sendall(b"\xff\xff\xff\xff")
        assert ends.lost.wait(PATIENCE_S)


def test_writing_after_the_end_does_not_raise() -> None:
    """A generator does not fail because the server is gone; the process ends anyway."""
    with open_ends() as ends:
        ends.theirs.close()
        assert ends.lost.wait(PATIENCE_S)
        ends.channel.send(Pong(token=1))
