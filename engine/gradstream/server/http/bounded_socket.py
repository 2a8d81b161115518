"""uvicorn's WebSockets with bounds.

    handshake --a line of at most 8 KiB, 128 headers, no body--> open | 431, 400
    frames ----frames_at_once, then `frames` a second----------> handler | closed with 1008
    answer ----taken within `write_s`--------------------------> next frame | the connection is cut
    message ---in pieces, each with MORE-----------------------> fragments

The bounds of the handshake are those of `websockets`, narrower than those of other requests.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from gradstream.limits import Limits
from gradstream.server.http.compression import SparingDeflateFactory

MORE = "gradstream.more"
"""A field of ASGI's `websocket.send` for a part of a message of text, in `bytes`: whether there are more."""

INVALID_DATA = 1007
POLICY_VIOLATION = 1008


def plain_answer(status: HTTPStatus) -> bytes:
    """Return the answer to a request that reaches no handler; the connection is closed after it."""
    phrase = status.phrase.encode()
    return (
        b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
        b"connection: close\r\n\r\n%s" % (status.value, phrase, len(phrase), phrase)
    )


class _BoundedSocket(WebSocketsSansIOProtocol):
    """One WebSocket."""

    def __init__(self, *args: Any, limits: Limits, **named: Any) -> None:
        super().__init__(*args, **named)
        self.conn.available_extensions = [SparingDeflateFactory()]
        self._limits = limits
        self._frames = float(limits.frames_at_once)
        self._at = self.loop.time()
        self._write_timer: asyncio.TimerHandle | None = None
        self._is_within = False
        """Whether a message was begun, and not ended."""

    async def send(self, message: Any) -> None:
        """Send a message, or a part of one; after one that was broken off, only the end can be sent."""
        if MORE in message:
            await self._send_fragment(message["bytes"], is_last=not message[MORE])
        elif message["type"] != "websocket.send" or not self._is_within:
            await super().send(message)

    async def _send_fragment(self, text: bytes, *, is_last: bool) -> None:
        await self.writable.wait()
        if self.disconnected or self.close_sent or self.conn.state.name != "OPEN":
            raise ClientDisconnected
        if self._is_within:
            self.conn.send_continuation(text, fin=is_last)
        else:
            self.conn.send_text(text, fin=is_last)
        self._is_within = not is_last
        self.transport.write(b"".join(self.conn.data_to_send()))

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # uvicorn would neither answer nor close.
            answer = b"".join(self.conn.data_to_send())
            self.transport.write(answer or plain_answer(HTTPStatus.BAD_REQUEST))
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_write_timer()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._write_timer = self.loop.call_later(self._limits.write_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_write_timer()
        super().resume_writing()

    def handle_text(self, event: Any) -> None:
        if self._admits():
            super().handle_text(event)

    def handle_bytes(self, event: Any) -> None:
        if self._admits():
            super().handle_bytes(event)

    def handle_cont(self, event: Any) -> None:
        if self._admits():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        if self._admits():
            super().handle_ping()

    def handle_pong(self, event: Any) -> None:
        if self._admits():
            super().handle_pong(event)

    def send_receive_event_to_app(self) -> None:
        """Pass on a message; one that is not UTF-8 closes the connection, without a traceback in the log."""
        if self.curr_msg_data_type != "bytes":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self._close(INVALID_DATA, "not UTF-8")
                return
        super().send_receive_event_to_app()

    def _admits(self) -> bool:
        if self.close_sent:
            return False
        now = self.loop.time()
        most = float(self._limits.frames_at_once)
        self._frames = min(most, self._frames + (now - self._at) * self._limits.frames)
        self._at = now
        if self._frames < 1:
            self._close(POLICY_VIOLATION, "too many frames")
            return False
        self._frames -= 1
        return True

    def _close(self, code: int, reason: str) -> None:
        if not self.close_sent:
            self.conn.send_close(code, reason)
            self.handle_parser_exception()

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None


def bounded_socket(limits: Limits) -> Callable[..., asyncio.Protocol]:
    """Return what makes uvicorn's protocol of a WebSocket."""

    def protocol(*args: Any, **named: Any) -> asyncio.Protocol:
        return _BoundedSocket(*args, limits=limits, **named)

    return protocol
