"""The key by which a request that is sent again is known: the header `Idempotency-Key`.

The header is that of the draft draft-ietf-httpapi-idempotency-key-header; its quotes may be left out.
"""

import re

from litestar.exceptions import ClientException

from gradstream.server.http.openapi import Parameter
from gradstream.server.types import Connection

KEY = '^"?([0-9A-Za-z_-]{16,64})"?$'

REPEAT_KEY = Parameter(
    "Idempotency-Key",
    "A random name of this request, 16 to 64 letters and digits: sent again, it gets the run of the first.",
    {"type": "string", "pattern": KEY},
    place="header",
)


def repeat_key_of(connection: Connection) -> str | None:
    """Return the key of a request, or None without one; raises ClientException for an invalid one."""
    given = connection.headers.get(REPEAT_KEY.name)
    if given is None:
        return None
    found = re.search(KEY, given)
    if found is None:
        raise ClientException(f"{REPEAT_KEY.name} takes 16 to 64 letters and digits")
    return found[1]
