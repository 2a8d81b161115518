"""The name that a client gives itself as a reader of runs: unguessable, and another one after it has left."""

import re

from litestar.exceptions import ClientException

from gradstream.server.http.openapi import Parameter
from gradstream.server.types import Connection

NAME = "^[0-9A-Za-z_-]{16,64}$"

READER = Parameter(
    "reader",
    "The client's own random name, 16 to 64 letters and digits. A client with a name is waited for when its "
    "connection ends, until it says that it leaves.",
)


def reader_of(connection: Connection) -> str | None:
    """Return the client's name for itself, or None without one; raises ClientException for an invalid one."""
    name = connection.query_params.get("reader")
    if name is not None and re.search(NAME, name) is None:
        raise ClientException("reader takes 16 to 64 letters and digits")
    return name
