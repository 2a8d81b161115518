"""What a request says of the visitor, for the function that the run calls: a language, and listed headers.

Accept-Language: fr;q=0.5, de-CH   ->  "de-CH"
access.headers and the request     ->  {"user-agent": "…"}
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from gradstream.server.types import Connection

LONGEST_LIST = 1000
"""Characters of `Accept-Language` that are read; browsers send some 50."""

WISH = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4})(?:\s*;\s*q=([01](?:\.[0-9]{0,3})?))?")
"""A language and its weight (RFC 9110, 12.5.4; RFC 4647, 2.1)."""


def language_of(connection: Connection) -> str | None:
    """Return the language that the visitor prefers; None where none is named."""
    wishes = list(_wishes(connection.headers.get("accept-language", "")[:LONGEST_LIST]))
    # Of equal ones the first counts.
    best = max(wishes, key=lambda wish: wish[1], default=None)
    return None if best is None or best[1] == 0 else best[0]


def listed_headers(
    connection: Connection, names: Sequence[str], *, ours: Callable[[str], bool], has_token: bool
) -> Mapping[str, str]:
    """Return the headers of these names that the request has; several of one name are joined.

    What lets somebody in is left out: cookies that are `ours`, and where there `has_token`, the token.
    """
    found: dict[str, str] = {}
    for name in names:
        values = connection.headers.getall(name, [])
        if name == "cookie":
            values = [each for each in _cookies(values) if not ours(each)]
        if name == "authorization" and has_token:
            continue
        if values:
            found[name] = ("; " if name == "cookie" else ", ").join(values)
    return found


def _wishes(text: str) -> Iterator[tuple[str, float]]:
    for part in text.split(","):
        wish = WISH.fullmatch(part.strip())
        if wish is not None:
            yield wish[1], float(wish[2] or 1)


def _cookies(values: Sequence[str]) -> Iterator[str]:
    for value in values:
        yield from (each.strip() for each in value.split(";") if each.strip())
