"""Silence is what a process says nothing in, and does nothing in."""

import os

from gradstream.engines.local.silence import Silence, processor_time
from gradstream.ipc.protocol import GIVEN_UP_S, PING_S, SILENT_S


def test_a_process_that_does_nothing_is_silent_after_a_stated_time() -> None:
    """Pings without an answer and without use of the processor count; the first only begins to."""
    silence = Silence(used_s=lambda _: 7.0)
    counted = []
    for _ in range(int(GIVEN_UP_S / PING_S) + 1):
        silence.note(1, is_answered=False)
        counted.append(silence.for_s)
    assert counted[0] == 0
    assert counted.index(SILENT_S) == SILENT_S / PING_S
    assert counted[-1] == GIVEN_UP_S


def test_a_process_that_computes_is_not_silent() -> None:
    """Code that holds the interpreter lock does not answer, but uses the processor, on a busy machine too."""
    used = iter(range(100))
    silence = Silence(used_s=lambda _: next(used) * PING_S / 10)
    for _ in range(50):
        silence.note(1, is_answered=False)
    assert silence.for_s == 0


def test_an_answer_ends_the_silence() -> None:
    """The count begins again, as it does where the system says nothing."""
    silence = Silence(used_s=lambda _: 0.0)
    for _ in range(5):
        silence.note(1, is_answered=False)
    assert silence.for_s == 4 * PING_S
    silence.note(1, is_answered=True)
    assert silence.for_s == 0
    unknown = Silence(used_s=lambda _: None)
    for _ in range(50):
        unknown.note(1, is_answered=False)
    assert unknown.for_s == 0


def test_what_a_process_has_used_is_read_from_the_system() -> None:
    """It is what the process itself knows, and unknown without a process."""
    before = sum(os.times()[:2])
    assert before - 0.1 <= (processor_time(os.getpid()) or 0) <= sum(os.times()[:2]) + 0.1
    assert processor_time(2**30) is None
