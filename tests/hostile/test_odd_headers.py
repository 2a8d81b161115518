"""No header makes the server fail: what is not understood is refused or passed over."""

import socket
from contextlib import closing

import pytest

from tests.conftest import Server
from tests.patience import PATIENCE_S

NAMES = (
    b"X-Gradstream-Session",
    b"Last-Event-ID",
    b"Range",
    b"Accept",
    b"Accept-Encoding",
    b"If-None-Match",
    b"Origin",
    b"Cookie",
    b"Sec-Fetch-Site",
    b"X-Forwarded-For",
    b"X-Forwarded-Prefix",
    b"Access-Control-Request-Method",
)
VALUES = (b"\xff", b"", b"a" * 2000, b";=;,=\x80", b"http://[")
LINES = (
    b"GET /api/demos/count",
    b"GET /demos/count?key=%ff",
    b"DELETE /api/runs/x",
    b"OPTIONS /api/demos/count/runs",
)
HOSTS = (b"\xff", b"", b"a" * 3000, b"[::1", b"127.0.0.1:abc", b"127.0.0.1/x", b"a@127.0.0.1", b"evil.test")


def status_of(server: Server, line: bytes, header: bytes) -> int:
    """Send a request as it is, and return the status of the answer."""
    address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
    with closing(socket.create_connection(address, timeout=PATIENCE_S)) as connection:
        connection.sendall(line + b" HTTP/1.1\r\nConnection: close\r\n" + header + b"\r\n\r\n")
        return int(connection.recv(100).split(b" ", 2)[1])


def test_no_header_makes_the_server_fail(wire: Server) -> None:
    """Whatever its value is, the request is answered, and not as a failure of the server."""
    tried = [(line, name, value) for line in LINES for name in NAMES for value in VALUES]
    host = b"Host: localhost\r\n"
    answers = {each: status_of(wire, each[0], host + each[1] + b": " + each[2]) for each in tried}
    assert {each: status for each, status in answers.items() if status >= 500} == {}
    assert len(answers) == len(LINES) * len(NAMES) * len(VALUES)


@pytest.mark.parametrize("host", HOSTS)
def test_odd_hosts(wire: Server, host: bytes) -> None:
    """What is not a name of this server is answered with 421."""
    assert status_of(wire, b"GET /", b"Host: " + host) == 421
