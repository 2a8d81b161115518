"""Ports: a taken one is named with its holder, and without a choice the next free one is taken."""

import os
import socket
from collections.abc import Iterator

import pytest

from gradstream.cli.ports import PortTakenError, holder, listen


@pytest.fixture
def taken() -> Iterator[int]:
    """Hold a port of this process's own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_an_error_that_names_its_holder(taken: int) -> None:
    """The message has the port, who holds it and what to do."""
    with pytest.raises(PortTakenError, match=f"port {taken} on 127.0.0.1 is in use; .*process {os.getpid()}"):
        listen("127.0.0.1", taken, default=8600)


def test_without_a_port_the_next_free_one_is_taken(taken: int) -> None:
    """A default that is in use is stepped over."""
    with listen("127.0.0.1", None, default=taken) as listener:
        assert taken < listener.getsockname()[1] < taken + 100


def test_a_port_that_nobody_holds_has_no_holder(taken: int) -> None:
    """Once it is closed nobody is named."""
    assert holder(taken) is not None
    with listen("127.0.0.1", 0, default=8600) as listener:
        free = listener.getsockname()[1]
    assert holder(free) is None
