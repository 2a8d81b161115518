"""The route of the page's WebSocket.

    page -> {"subscribe": {"run": id, "after": 7}}   {"unsubscribe": id}   {"catalog": 12}   {"alive": true}
    page <- [{"run", "seq", "type", …}, …, {"type": "catalog", "version", "demos", "removed"}]
            []                                        a sign of life, which the page answers with `alive`
            [{"run", "type": "gone"}]                 for a run that is unknown
            [{"type": "problem", "title", …}]         for an invalid request; then it is closed

One message per wake, with everything new of all runs; a large one is sent in fragments. A slow reader holds
back only itself: its feeds wait in their journals, and skip to a snapshot when they are too far behind.
"""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Annotated, Any, Literal

from litestar import websocket
from litestar.exceptions import ClientException, WebSocketDisconnect
from msgspec import DecodeError, Meta, Struct, ValidationError, json

from gradstream.events import codec
from gradstream.events.feed import WRITE_BYTES
from gradstream.ids import new_id
from gradstream.runs.follow import Follower
from gradstream.server.follow.presence import PagePresence
from gradstream.server.follow.subscriptions import FeedMessage, Subscriptions
from gradstream.server.http.bounded_socket import MORE
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import BLANK, ProblemDetails
from gradstream.server.http.reader import READER, reader_of
from gradstream.server.services import Injected
from gradstream.server.types import Socket

POLICY_VIOLATION = 1008
SERVICE_RESTART = 1012
SIGNED_OUT = 4401
"""What HTTP says by 401: the page is loaded again, and asks who is there."""

Position = Annotated[int, Meta(ge=0)]


class Subscribe(Struct, forbid_unknown_fields=True):
    """The run to follow, and the number of its last event that the page has."""

    run: str
    after: Position = 0


class PageRequest(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A request of the page, with one or more of these."""

    subscribe: Subscribe | None = None
    unsubscribe: str | None = None
    catalog: Position | None = None
    alive: Literal[True] | None = None


_requests = json.Decoder(PageRequest)


@websocket(
    "/api/socket",
    opt={
        "operation": Operation(
            summary="The page's WebSocket",
            about="Requests are JSON objects in text frames (`PageRequest`), responses are `Frame`s.",
            answers={101: Answer("The connection is open."), 403: Answer.problem("Another site's page.")},
            mentions=(PageRequest,),
            parameters=(READER,),
        )
    },
)
async def open_socket(socket: Socket, services: Injected) -> None:
    """Send one page what it follows, until either side closes the connection."""
    await socket.accept()
    try:
        name = reader_of(socket)
    except ClientException as error:
        await _refuse(socket, error.detail)
        return
    subscriptions = Subscriptions(
        runs=services.runs,
        changes=services.changes,
        caller=services.callers.of(socket),
        admission=services.admission,
        stays_open=True,
        reader=name or new_id(),
        most=services.limits.followed_runs,
    )
    presence = PagePresence(subscriptions, has_name=name is not None)
    with ExitStack() as undo:
        batches = undo.enter_context(Follower(subscriptions, heartbeat=services.heartbeat))
        undo.callback(services.heartbeat.subscribe(presence.beat))
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(_write(socket, batches, subscriptions))
            objection = await _read(
                socket, subscriptions, presence, writing, most_chars=services.limits.socket_request_chars
            )
            writing.cancel()
        if objection is not None:
            await _refuse(socket, objection)


async def _read(
    socket: Socket,
    subscriptions: Subscriptions,
    presence: PagePresence,
    writing: "asyncio.Task[None]",
    *,
    most_chars: int,
) -> str | None:
    """Handle the page's requests until it leaves; return what was wrong with the last one."""
    while not writing.done():
        try:
            text = await socket.receive_text()
        except WebSocketDisconnect as end:
            presence.ended(end.code)
            return None
        objection = await _handle(text, subscriptions, presence, most_chars=most_chars)
        if objection is not None:
            return objection
    return None


async def _handle(
    text: str, subscriptions: Subscriptions, presence: PagePresence, *, most_chars: int
) -> str | None:
    if len(text) > most_chars:
        return f"A request may have at most {most_chars:,} characters"
    try:
        request = _requests.decode(text)
    except (ValidationError, DecodeError) as error:
        return f"Invalid request: {error}"
    if request == PageRequest():
        return "A request needs subscribe, unsubscribe, catalog or alive"
    presence.heard(is_answer=request.alive is not None)
    if request.subscribe is not None:
        if subscriptions.is_full:
            return f"One connection carries at most {subscriptions.most} runs"
        await subscriptions.subscribe(request.subscribe.run, after=request.subscribe.after)
    if request.unsubscribe is not None:
        subscriptions.unsubscribe(request.unsubscribe)
    if request.catalog is not None:
        subscriptions.subscribe_to_catalog(request.catalog)
    return None


async def _write(socket: Socket, batches: Follower[FeedMessage], subscriptions: Subscriptions) -> None:
    """Send what is new until canceled, until the page is signed out, or until the server shuts down."""
    try:
        async for messages in batches:
            if sum(len(one.body) for one in messages) <= WRITE_BYTES:
                await socket.send_text(codec.frame(one.data for one in messages).decode())
            else:
                await _send_in_pieces(socket, messages)
        await socket.close(SIGNED_OUT if subscriptions.is_shut_out else SERVICE_RESTART)
    except OSError:
        # The page left in the middle of a frame: reading its requests ends, and this with it.
        return


async def _send_in_pieces(socket: Socket, messages: Sequence[FeedMessage]) -> None:
    """Send a large frame as fragments, so that a slow page has a piece of it in memory, and not a copy."""
    pieces = codec.pieces(codec.frame_parts((one.head, one.body) for one in messages))
    waiting = next(pieces)
    for piece in pieces:
        await socket.send(_fragment(waiting, has_more=True))
        waiting = piece
    await socket.send(_fragment(waiting, has_more=False))


def _fragment(piece: bytes, *, has_more: bool) -> Any:
    return {"type": "websocket.send", "bytes": piece, MORE: has_more}


async def _refuse(socket: Socket, objection: str) -> None:
    document = ProblemDetails(type=BLANK, title="Bad Request", status=400, detail=objection)
    message = {**json.decode(json.encode(document)), "type": "problem"}
    await socket.send_text(codec.frame([json.encode(message)]).decode())
    await socket.close(POLICY_VIOLATION, reason="invalid request")
