"""Who may open a demo or a catalog: names, and proofs of passwords and tokens, never these themselves."""

import unicodedata
from collections.abc import Mapping
from hashlib import blake2b

from msgspec import Struct

PURPOSE = b"proof"
"""Keeps this hash apart from any other of the same text."""


class Gate(Struct, frozen=True, kw_only=True):
    """Who is let in: users by name and password, programs by a token. Without both, everybody.

    A closed one lets nobody in: what it was to say has errors.
    """

    users: Mapping[str, bytes] = {}
    token: bytes | None = None
    is_closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether everybody is let in."""
        return not (self.users or self.token or self.is_closed)


OPEN = Gate()
CLOSED = Gate(is_closed=True)


def proof_of(secret: str) -> bytes:
    """Return what a password or token is compared by: of one length, and equal however it was typed.

    Composed and decomposed letters are the same to who types them (RFC 8265, OpaqueString).
    """
    text = unicodedata.normalize("NFC", secret)
    return blake2b(text.encode("utf-8", "replace"), digest_size=32, person=PURPOSE).digest()


def after_mistake(before: Gate, now: Gate | None) -> Gate:
    """Return who is let in after a save with errors: what can be read of it holds, and nothing is opened."""
    if now is None or (now.is_closed and not before.is_open):
        return before
    return now
