"""Which page is asking: the unguessable id that it keeps and sends."""

from litestar.exceptions import ClientException

from gradstream.server.types import Connection

HEADER = "X-Gradstream-Session"
LONGEST = 128


def session_of(connection: Connection) -> str | None:
    """Return the page's session, or None when it sent none; raises ClientException for what cannot be one."""
    session = connection.headers.get(HEADER)
    if session is not None and not (0 < len(session) <= LONGEST and session.isprintable()):
        raise ClientException(f"{HEADER} takes 1 to {LONGEST} printable characters")
    return session
