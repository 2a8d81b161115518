"""Who makes a request: made once for each, where it arrives, and handed to everything that asks about it."""

from msgspec import Struct

LOOPBACK = frozenset({"", "127.0.0.1", "::1"})


class Caller(Struct, frozen=True, kw_only=True):
    """One caller; the defaults are a caller that said nothing about itself.

    `session` is the page's unguessable id, `origin` the site whose page makes the request, `address` the
    network address that it comes from. `user` is the name of who is signed in, under the key `sign_in`;
    `token` is the proof of a program's token.
    """

    session: str | None = None
    address: str = ""
    origin: str | None = None
    may_see_tracebacks: bool = False
    user: str | None = None
    sign_in: str | None = None
    token: bytes | None = None

    @property
    def owner(self) -> str:
        """The key to the caller's uploads and states; one for all who have no session.

        Of who is signed in it is the user's in this session: the next user of the same tab has none of it.
        """
        session = self.session or ""
        return session if self.user is None else f"{self.user}\0{session}"

    @property
    def sharer(self) -> str | None:
        """The visitor who leaves a share to others; None for a program on this machine without a session."""
        return self.owner or (None if self.address in LOOPBACK else self.address)

    @property
    def visitor(self) -> str:
        """The key under which what has to be shared among visitors is counted."""
        return self.owner or self.address
