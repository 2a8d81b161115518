"""What a function may know of its visitor: made for each run, and handed over in a parameter named `session`.

    Caller --one way--> id        RunWish --> language, headers

The key of a caller's session owns uploads and states. The id that a function is given, and may store or
print, opens nothing.
"""

from hashlib import blake2b

from gradstream.authoring import Session
from gradstream.ids import ID_BYTES, new_id
from gradstream.runs.caller import Caller
from gradstream.runs.contract import RunWish

PURPOSE = b"public id"
"""Keeps this hash apart from any other of the same key."""


def make_session(wish: RunWish, caller: Caller) -> Session:
    """Return what the function of a run is given; without session and user each run has an id of its own.

    One id for all who say nothing of themselves would mix up what a function keeps of them.
    """
    public = _public_id(caller.owner) if caller.owner else new_id()
    return Session(id=public, user=caller.user, language=wish.language, headers=dict(wish.headers))


def _public_id(session: str) -> str:
    """Return 32 hexadecimal digits from which the key cannot be found again."""
    return blake2b(session.encode(), digest_size=ID_BYTES, person=PURPOSE).hexdigest()
