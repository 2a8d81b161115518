"""Unguessable names for runs, uploads and sessions: the id is the only protection of what it names."""

import secrets

ID_BYTES = 16
"""128 random bits: guessing one among a billion live ids at a million tries a second takes 10**16 years."""


def new_id() -> str:
    """Return a new id: 32 lower-case hexadecimal digits, safe in URLs, file names and cursors."""
    return secrets.token_hex(ID_BYTES)
