"""Unguessable names for runs, uploads and sessions: an id is the only key to what it names."""

import secrets

ID_BYTES = 16
"""128 random bits: guessing one among a billion live ids at a million tries a second takes 10**16 years."""


def new_id() -> str:
    """Return a fresh id: 32 lower-case hexadecimal digits, safe in URLs, file names and cursors."""
    return secrets.token_hex(ID_BYTES)
