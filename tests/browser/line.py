"""A line between a browser and a server that can stand still, as a dead network does, or refuse WebSockets.

browser --connect--> Line --connect--> server
                     freeze(): connections that are open now carry nothing any more, and are not closed
"""

import select
import socket
import threading
from contextlib import ExitStack
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65536
REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Line:
    """A TCP proxy on a port of its own; a context manager that closes everything at its end."""

    def __init__(self, url: str, *, refuses_sockets: bool = False) -> None:
        self._target = ("127.0.0.1", int(urlsplit(url).port or 80))
        self._refuses_sockets = refuses_sockets
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._still: set[int] = set()
        self._open: dict[int, socket.socket] = {}
        self._lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.accepted = 0

    def __enter__(self) -> Self:
        """Begin to carry."""
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close the listener and all connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        with self._lock:
            for each in self._open.values():
                each.shutdown(socket.SHUT_RDWR)

    def freeze(self) -> None:
        """Let what is open now stand still for good; new connections work."""
        with self._lock:
            self._still |= set(self._open)

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self._carry, args=(self.accepted, browser), daemon=True).start()

    def _carry(self, number: int, browser: socket.socket) -> None:
        with ExitStack() as undo:
            undo.enter_context(browser)
            first = browser.recv(CHUNK)
            if self._refuses_sockets and b"upgrade: websocket" in first.lower():
                browser.sendall(REFUSAL)
                return
            server = undo.enter_context(socket.create_connection(self._target))
            with self._lock:
                self._open[number] = browser
            undo.callback(self._forget, number)
            try:
                server.sendall(first)
                self._exchange(number, browser, server)
            except OSError:
                # Either side is gone, which ends the connection.
                return

    def _exchange(self, number: int, browser: socket.socket, server: socket.socket) -> None:
        others = {browser: server, server: browser}
        while True:
            readable, _, _ = select.select(list(others), [], [])
            for side in readable:
                data = side.recv(CHUNK)
                if number in self._still:
                    # Read and dropped: nobody learns of it.
                    if not data and side is browser:
                        return
                    if not data:
                        del others[side]
                elif not data:
                    return
                else:
                    others[side].sendall(data)

    def _forget(self, number: int) -> None:
        with self._lock:
            self._open.pop(number, None)
