"""Slows a client that tries passwords: so many at once, and then one in a while, by address and by name.

    wait_s(address, name) --0--> try --wrong--> count    --> 429 with the seconds to wait

Bound: `known_tries`. Policy: the one that was wrong longest ago is forgotten.
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct

from gradstream.limits import Limits

NETWORK_BITS = 64
"""Of an IPv6 address: who has one has all of its network (RFC 6177)."""


class Pace(Struct, frozen=True):
    """So many wrong tries at once, and one more each `every_s`."""

    at_once: int
    every_s: float


ADDRESS_EVERY_S = 6.0
NAME_EVERY_S = 30.0


class Tries:
    """Counts wrong tries; a right one is not counted."""

    def __init__(self, limits: Limits, *, now: Callable[[], float] = time.monotonic) -> None:
        self._of_address = Pace(limits.address_tries, ADDRESS_EVERY_S)
        self._of_name = Pace(limits.name_tries, NAME_EVERY_S)
        self._most = limits.known_tries
        self._now = now
        self._full_at: OrderedDict[tuple[str, str], float] = OrderedDict()
        """When nothing will be left of the wrong tries, by address or name."""

    def wait_s(self, address: str, name: str | None = None) -> int:
        """Return after how many seconds the next try is allowed: 0 for now."""
        waits = (self._wait_s(key, pace) for key, pace in self._keys(address, name))
        return math.ceil(max(waits))

    def note_wrong(self, address: str, name: str | None = None) -> None:
        """Count a wrong try."""
        now = self._now()
        for key, pace in self._keys(address, name):
            self._full_at[key] = max(self._full_at.pop(key, now), now) + pace.every_s
        while len(self._full_at) > self._most:
            self._full_at.popitem(last=False)

    def _wait_s(self, key: tuple[str, str], pace: Pace) -> float:
        left = self._full_at.get(key, 0.0) - self._now()
        return max(0.0, left - (pace.at_once - 1) * pace.every_s)

    def _keys(self, address: str, name: str | None) -> list[tuple[tuple[str, str], Pace]]:
        keys = [(("address", _network(address)), self._of_address)]
        return keys if name is None else [*keys, (("name", name), self._of_name)]


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))
    return address
