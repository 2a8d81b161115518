"""uvicorn's connections with bounds: what comes in slowly, or never ends, is given up.

    head   --complete within `header_s` and `header_bytes`--> body | 408, 431, and the connection is closed
    body   --a byte every `body_s`, LEAST_RATE on average---> handler | 408
    bodies --together within a budget-----------------------> handler | 503 for the one that is silent longest
    answer --taken within `write_s`-------------------------> next request | the connection is cut
    heads  --`pipelined` before the answer to the first-----> next request | 429
    upgrade, and nothing else under way---------------------> a WebSocket | 400

uvicorn bounds none of these. When a client leaves that has sent further requests before the answer to the
first, uvicorn ends the last one only; here the one that is being answered ends.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from gradstream.errors import GradstreamError
from gradstream.limits import Limits
from gradstream.server.http.bounded_socket import bounded_socket, plain_answer

LEAST_RATE = 8 * 2**10
"""Of a body, in bytes a second on average: a tenth of a slow mobile connection."""

_UPLOADS = "/api/uploads"

Protocol = Callable[..., asyncio.Protocol]


class _RefusedError(GradstreamError):
    """Raised within the parser: a head is too large, or one too many."""


class BodyBudget:
    """Counts the bytes of bodies that are not complete; gives up those that are silent longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sizes: OrderedDict[_BoundedHttp, int] = OrderedDict()
        self._total = 0

    def add(self, connection: "_BoundedHttp", size: int) -> None:
        """Count bytes that a connection has received; refuse others if there are too many."""
        self._sizes[connection] = self._sizes.get(connection, 0) + size
        self._sizes.move_to_end(connection)
        self._total += size
        while self._total > self._most:
            silent = next(iter(self._sizes))
            self.release(silent)
            silent.refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def release(self, connection: "_BoundedHttp") -> None:
        """Count no bytes of a connection any longer."""
        self._total -= self._sizes.pop(connection, 0)


class _BoundedHttp(HttpToolsProtocol):
    """One HTTP connection."""

    def __init__(
        self, *args: Any, limits: Limits, bodies: BodyBudget, uploads: BodyBudget, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self._limits = limits
        self._budgets = (bodies, uploads)
        self._refusal: HTTPStatus | None = None
        self._head_bytes = 0
        self._is_in_head = True
        self._body_bytes = 0
        self._body_began = 0.0
        self._heard_at = 0.0
        self._unused_bytes = 0
        """Those received since the last byte of a body: chunk extensions and trailers."""
        self._answering: RequestResponseCycle | None = None
        """The request that is being answered; `cycle` is the one received last."""
        self._timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._set_timer(None)
        self._stop_write_timer()
        self._release()
        self._end_answer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refusal is not None:
            return
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._timer is None:
                # The first bytes of a further request on this connection.
                self._await_head()
        body_bytes = self._body_bytes
        super().data_received(data)
        if self._is_in_head:
            is_too_large = self._head_bytes > self._limits.header_bytes
        else:
            # What is neither head nor body is kept by the parser: a trailer may be as long as a head.
            is_used = self._body_bytes != body_bytes
            self._unused_bytes = 0 if is_used else self._unused_bytes + len(data)
            is_too_large = self._unused_bytes > self._limits.header_bytes
        if is_too_large:
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > self._limits.header_bytes:
            self._refusal = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise _RefusedError
        if len(self.pipeline) >= self._limits.pipelined:
            self._refusal = HTTPStatus.TOO_MANY_REQUESTS
            raise _RefusedError
        self._is_in_head = False
        self._body_bytes = self._unused_bytes = 0
        self._body_began = self._heard_at = self.loop.time()
        self._set_timer(self._limits.body_s, self._check_body)
        waiting = len(self.pipeline)
        super().on_headers_complete()
        if len(self.pipeline) == waiting:
            self._answering = self.cycle

    def on_body(self, body: bytes) -> None:
        if self._refusal is not None:
            return
        self._body_bytes += len(body)
        self._heard_at = self.loop.time()
        super().on_body(body)
        is_upload = self.scope.get("path", "").endswith(_UPLOADS)
        self._budgets[is_upload].add(self, len(body))

    def on_message_complete(self) -> None:
        self._is_in_head, self._head_bytes = True, 0
        self._set_timer(None)
        self._release()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._set_timer(None)
        if self._unfinished is not None:
            # The WebSocket would get what is still to be sent, and that request no end.
            self.refuse(HTTPStatus.BAD_REQUEST)
        else:
            super().handle_websocket_upgrade()

    def on_response_complete(self) -> None:
        following = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()
        self._answering = following or self._answering

    def pause_writing(self) -> None:
        super().pause_writing()
        self._write_timer = self.loop.call_later(self._limits.write_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_write_timer()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer a request that cannot be parsed, or that was refused while it was."""
        if self._refusal is None and self._unfinished is None:
            self._set_timer(None)
            super().send_400_response(msg)
        else:
            self.refuse(self._refusal or HTTPStatus.BAD_REQUEST)

    def refuse(self, status: HTTPStatus) -> None:
        """Answer with a status, unless an answer has begun, and close the connection."""
        self._refusal = status
        self._set_timer(None)
        self._release()
        if self.transport.is_closing():
            return
        answering = self._unfinished
        is_answered = answering is not None and answering.response_started
        # A connection on which nothing came is only closed: browsers open some in advance.
        is_silent = self._is_in_head and self._head_bytes == 0
        if not (is_answered or is_silent):
            self.transport.write(plain_answer(status))
        self._end_answer()
        self.transport.close()

    @property
    def _unfinished(self) -> RequestResponseCycle | None:
        """The request that is being answered."""
        answering = self._answering
        return None if answering is None or answering.response_complete else answering

    def _end_answer(self) -> None:
        """End the request that is being answered as if the client had left."""
        answering = self._unfinished
        if answering is not None:
            answering.disconnected = True
            answering.message_event.set()

    def _await_head(self) -> None:
        self._set_timer(self._limits.header_s, lambda: self.refuse(HTTPStatus.REQUEST_TIMEOUT))

    def _check_body(self) -> None:
        now = self.loop.time()
        if self.flow.read_paused:
            # The handler does not read: the client has nothing to hurry for.
            self._body_began += now - self._heard_at
            self._heard_at = now
        allowed_s = self._limits.body_s + self._body_bytes / LEAST_RATE
        rest_s = min(self._heard_at + self._limits.body_s, self._body_began + allowed_s) - now
        if rest_s <= 0:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self._set_timer(rest_s, self._check_body)

    def _release(self) -> None:
        for budget in self._budgets:
            budget.release(self)

    def _set_timer(self, after_s: float | None, call: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if after_s is None or call is None else self.loop.call_later(after_s, call)

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None


def bounded_protocols(limits: Limits) -> dict[str, Any]:
    """Return the settings of uvicorn that put bounds on its connections."""
    bodies, uploads = BodyBudget(limits.bodies_bytes), BodyBudget(limits.uploading_bytes)

    def http(*args: Any, **named: Any) -> asyncio.Protocol:
        return _BoundedHttp(*args, limits=limits, bodies=bodies, uploads=uploads, **named)

    return {"http": http, "ws": bounded_socket(limits)}
