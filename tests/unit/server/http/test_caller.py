"""Who makes a request."""

from pathlib import Path
from typing import Any

import pytest
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException

from gradstream.catalog.store import CatalogStore
from gradstream.limits import Limits
from gradstream.runs.caller import Caller
from gradstream.server.http.admission import Admission
from gradstream.server.http.caller import Callers
from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.sign_in_cookie import new_cookie
from tests.unit.server.site import snapshot_of

ADMISSION = Admission(CatalogStore(snapshot_of(Path(), {})), Limits())
CALLERS = Callers(key=DeveloperKey("0123", cookie="k"), cookie=new_cookie(1, lasts_s=60), admission=ADMISSION)


def connection(method: str = "GET", **headers: str) -> ASGIConnection[Any, Any, Any, Any]:
    """Return a request with these headers, with underscores in place of hyphens."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Any = {"type": "http", "method": method, "headers": pairs}
    return ASGIConnection(scope)


def test_a_caller_that_says_nothing() -> None:
    """Without headers a caller has no session, no origin and no rights, and shares its owner with others."""
    caller = CALLERS.of(connection())
    assert caller == Caller()
    assert caller.owner == ""


def test_what_the_headers_say() -> None:
    """Session, origin and the right to see tracebacks are those of the request."""
    asked = connection(x_gradstream_session="me", origin="https://lab.example", cookie="a=b; k=0123")
    assert CALLERS.of(asked) == Caller(session="me", origin="https://lab.example", may_see_tracebacks=True)
    assert CALLERS.of(asked).owner == "me"


@pytest.mark.parametrize("session", ["", "x" * 129, "a\tb"])
def test_an_invalid_session(session: str) -> None:
    """A session that is not valid is refused where it would own something, and ignored elsewhere."""
    for method in ("GET", "DELETE"):
        assert CALLERS.of(connection(method, x_gradstream_session=session)).session is None
    with pytest.raises(ClientException, match="X-Gradstream-Session takes 1 to 128 printable characters"):
        CALLERS.of(connection("POST", x_gradstream_session=session))
