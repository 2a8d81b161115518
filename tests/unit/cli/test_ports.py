"""Ports: a taken one is named with its holder, and without a choice the next free one is taken."""

import errno
import os
import socket
from collections.abc import Iterator

import pytest

from gradstream.cli.ports import PortTakenError, holder, listen, network_address


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


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "10.0.0.4"])
def test_one_address_is_not_all(host: str) -> None:
    """Only a host that stands for all addresses has others."""
    assert network_address(host) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 (nothing is bound)
def test_all_addresses(host: str) -> None:
    """What is named is an address of this machine: it can be bound. A machine without a network has none."""
    address = network_address(host)
    if address is not None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.bind((address, 0))


def test_a_machine_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses to say from where it would send."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert network_address("0.0.0.0") is None  # noqa: S104 (nothing is bound)
