"""The routes for process monitoring: whether the process is alive, and whether it accepts runs."""

from typing import Literal

from litestar import Response, get
from msgspec import Struct, json

from gradstream.background import WorkState
from gradstream.server.http.openapi import JSON, Answer, Operation
from gradstream.server.http.problems import DISK_FULL, problem
from gradstream.server.services import Injected

NO_STORE = {"Cache-Control": "no-store"}


class Health(Struct, omit_defaults=True):
    """The state of the server; `background` is the work that goes on beside the requests."""

    status: Literal["live", "ready"]
    background: tuple[WorkState, ...] = ()


@get(
    "/health/live",
    opt={"operation": Operation(summary="Whether it is alive", answers={200: Answer("It is.", Health)})},
)
async def live() -> Response[bytes]:
    """Respond as long as the event loop runs."""
    return Response(json.encode(Health("live")), media_type=JSON, headers=NO_STORE)


@get(
    "/health/ready",
    opt={
        "operation": Operation(
            summary="Whether the server accepts runs",
            answers={
                200: Answer("It does.", Health),
                503: Answer.problem("It is shutting down, or its disk is full."),
            },
        )
    },
)
async def ready(services: Injected) -> Response[bytes]:
    """Respond whether new runs are accepted: they are while background work waits to start again."""
    if services.runs.is_closing:
        return problem(503, "The server is shutting down", headers=NO_STORE)
    if not await services.runs.has_room():
        return problem(503, DISK_FULL, headers=NO_STORE)
    health = Health("ready", services.background.states)
    return Response(json.encode(health), media_type=JSON, headers=NO_STORE)
