"""The language that a visitor prefers, and the headers that a demo lists."""

from typing import Any

import pytest
from litestar.connection import ASGIConnection

from gradstream.server.http.developer_key import DeveloperKey
from gradstream.server.http.visitor_headers import language_of, listed_headers


def request(*headers: tuple[str, str]) -> ASGIConnection[Any, Any, Any, Any]:
    """Return a request with these headers."""
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope: Any = {"type": "http", "headers": pairs, "method": "POST", "path": "/"}
    return ASGIConnection(scope)


def nobodys(_cookie: str) -> bool:
    """Say of each cookie that it lets nobody in."""
    return False


@pytest.mark.parametrize(
    ("sent", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de-CH"),
        ("fr;q=0.5, pt-BR ;q=0.7", "pt-BR"),
        ("zh-Hans-CN", "zh-Hans-CN"),
        ("*", None),
        ("en;q=0", None),
        ("", None),
        ("<script>, ../..;q=9", None),
        ("x" * 5000 + ",de", None),
    ],
)
def test_the_language_that_is_preferred(sent: str, language: str | None) -> None:
    """The greatest weight wins, then the first; what is no language does not count."""
    assert language_of(request(("accept-language", sent))) == language


def test_nothing_is_handed_over_that_is_not_listed() -> None:
    """Names are compared in lower case; several headers of one name are one value."""
    sent = request(("user-agent", "x"), ("x-role", "a"), ("x-role", "b"), ("cookie", "c=1"))
    assert listed_headers(sent, [], ours=nobodys, has_token=False) == {}
    assert listed_headers(sent, ["x-role", "x-other"], ours=nobodys, has_token=False) == {"x-role": "a, b"}


def test_the_developers_key_is_handed_to_nobody() -> None:
    """A demo that lists cookies is given all others."""
    key = DeveloperKey("secret", cookie="gradstream_key_1")
    sent = request(("cookie", "a=1; gradstream_key_1=secret; b=2"))
    assert listed_headers(sent, ["cookie"], ours=key.is_cookie, has_token=False) == {"cookie": "a=1; b=2"}
    only = request(("cookie", "gradstream_key_1=secret"))
    assert listed_headers(only, ["cookie"], ours=key.is_cookie, has_token=False) == {}
    bearer = request(("authorization", "Bearer x"))
    assert listed_headers(bearer, ["authorization"], ours=nobodys, has_token=True) == {}
    found = listed_headers(bearer, ["authorization"], ours=nobodys, has_token=False)
    assert found == {"authorization": "Bearer x"}
