"""The session: the unguessable id that a page keeps and sends."""

from litestar.exceptions import ClientException

from gradstream.server.types import Connection

HEADER = "X-Gradstream-Session"
LONGEST = 128


def session_of(connection: Connection) -> str | None:
    """Return the page's session, or None without one; raises ClientException for an invalid one.

    Only a POST can make something that its session then owns; elsewhere an invalid session is ignored.
    """
    session = connection.headers.get(HEADER)
    if session is None or (0 < len(session) <= LONGEST and session.isprintable()):
        return session
    if connection.scope.get("method") == "POST":
        raise ClientException(f"{HEADER} takes 1 to {LONGEST} printable characters")
    return None
