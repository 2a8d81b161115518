"""Who is signed in: kept in this process, so that the end of a server ends all of them.

    name, proof --start--> random value of a cookie    --find(digest of it)--> SignIn
    end(digest), `sign_in_time`, one more than `sign_ins`  --> forgotten

Of the cookie only a digest is kept. Whether a name and its proof are still let in is asked each time, so a
changed password and a removed name end what was begun with them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from msgspec import Struct

from gradstream.ids import new_id
from gradstream.limits import Limits


class SignIn(Struct, frozen=True):
    """A name, and the proof of the password that was given with it."""

    name: str
    proof: bytes
    until: float


def key_of(cookie: str) -> str:
    """Return under which key what a cookie says is kept."""
    return blake2b(cookie.encode("utf-8", "replace"), digest_size=16).hexdigest()


class SignIns:
    """Remembers at most `sign_ins`; beyond, the oldest is forgotten."""

    def __init__(self, limits: Limits, *, now: Callable[[], float] = time.monotonic) -> None:
        self._most = limits.sign_ins
        self._lasts_s = limits.sign_in_s
        self._now = now
        self._known: OrderedDict[str, SignIn] = OrderedDict()
        self._watching: set[Callable[[], None]] = set()

    def start(self, name: str, proof: bytes) -> str:
        """Return a new cookie's value, which nobody could have known before."""
        cookie = new_id()
        self._known[key_of(cookie)] = SignIn(name, proof, self._now() + self._lasts_s)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return cookie

    def find(self, key: str) -> SignIn | None:
        """Return who is signed in under a key."""
        found = self._known.get(key)
        if found is not None and found.until <= self._now():
            del self._known[key]
            return None
        return found

    def end(self, key: str) -> None:
        """Sign out: whatever was opened with it is notified at once."""
        if self._known.pop(key, None) is not None:
            for wake in tuple(self._watching):
                wake()

    def forget_old(self) -> None:
        """End what has lasted for its time."""
        for key in [key for key, one in self._known.items() if one.until <= self._now()]:
            self.end(key)

    def watch(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` whenever somebody signs out; the returned function ends that."""
        self._watching.add(wake)
        return lambda: self._watching.discard(wake)
