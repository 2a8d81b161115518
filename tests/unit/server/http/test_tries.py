"""Wrong tries are slowed, by address and by name."""

from gradstream.limits import Limits
from gradstream.server.http.tries import ADDRESS_EVERY_S, Tries

LIMITS = Limits(known_tries=50)


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def tried(tries: Tries, count: int, *, address: str = "192.0.2.1", name: str | None = None) -> int:
    """Return how many of so many tries were allowed."""
    allowed = 0
    for _ in range(count):
        if tries.wait_s(address, name) == 0:
            allowed += 1
            tries.note_wrong(address, name)
    return allowed


def test_one_address_is_slowed() -> None:
    """So many tries at once, whatever the names, and then one in a while; another address has its own."""
    clock = Clock()
    tries = Tries(LIMITS, now=clock)
    assert sum(tried(tries, 1, name=f"user {number}") for number in range(100)) == LIMITS.address_tries
    assert 0 < tries.wait_s("192.0.2.1") <= ADDRESS_EVERY_S
    clock.now += ADDRESS_EVERY_S
    assert tried(tries, 100) == 1
    assert tried(tries, 1, address="192.0.2.2") == 1


def test_one_name_is_slowed() -> None:
    """Many addresses do not help; a day brings no more than its pace."""
    clock = Clock()
    tries = Tries(Limits(), now=clock)
    allowed = sum(tried(tries, 1, address=f"192.0.2.{number}", name="ada") for number in range(200))
    assert allowed == LIMITS.name_tries
    clock.now += 86400
    assert tried(tries, 1, address="198.51.100.1", name="ada") == 1
    assert tries.wait_s("198.51.100.1", "bob") == 0


def test_a_network_of_version_6_is_one_address() -> None:
    """Whoever has one address of it has all."""
    tries = Tries(LIMITS, now=Clock())
    allowed = sum(tried(tries, 1, address=f"2001:db8::{number:x}") for number in range(100))
    assert allowed == LIMITS.address_tries
    assert tried(tries, 1, address="2001:db8:0:1::1") == 1
    assert tried(tries, 1, address="::ffff:192.0.2.1") == 1


def test_more_addresses_than_are_kept() -> None:
    """The one that was wrong longest ago is forgotten."""
    tries = Tries(LIMITS, now=Clock())
    for number in range(LIMITS.known_tries):
        tries.note_wrong(f"host {number}")
    assert tried(tries, 100, address="host 0") == LIMITS.address_tries - 1
    tries.note_wrong("one more")
    assert tried(tries, 100, address="host 1") == LIMITS.address_tries
