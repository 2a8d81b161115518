"""Who makes a request: made once for each, where it arrives, and handed to everything that asks about it."""

from msgspec import Struct

LOOPBACK = frozenset({"", "127.0.0.1", "::1"})


class Caller(Struct, frozen=True, kw_only=True):
    """One caller; the defaults are a caller that said nothing about itself.

    `session` is the page's unguessable id, `origin` the site whose page makes the request, `address` the
    network address that it comes from. `user` is None as long as there are no users.
    """

    session: str | None = None
    address: str = ""
    origin: str | None = None
    may_see_tracebacks: bool = False
    user: None = None

    @property
    def owner(self) -> str:
        """The key under which the caller's uploads and streams are counted; one for all without a session."""
        return self.session or ""

    @property
    def sharer(self) -> str | None:
        """The visitor who leaves a share to others; None for a program on this machine without a session."""
        return self.session or (None if self.address in LOOPBACK else self.address)

    @property
    def visitor(self) -> str:
        """The key under which what has to be shared among visitors is counted."""
        return self.session or self.address
