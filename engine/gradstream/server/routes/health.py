"""For whoever watches over the process: is it alive, and should it get visitors."""

from typing import Literal

from litestar import Response, get
from msgspec import Struct, json

from gradstream.server.http.openapi import JSON, Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.services import Injected

NO_STORE = {"Cache-Control": "no-store"}


class Health(Struct):
    """How the server is."""

    status: Literal["live", "ready"]


@get(
    "/health/live",
    opt={"operation": Operation(summary="Whether it is alive", answers={200: Answer("It is.", Health)})},
)
async def live() -> Response[bytes]:
    """Answer as long as the event loop turns."""
    return Response(json.encode(Health("live")), media_type=JSON, headers=NO_STORE)


@get(
    "/health/ready",
    opt={
        "operation": Operation(
            summary="Whether it takes runs",
            answers={200: Answer("It does.", Health), 503: Answer.problem("It is about to end.")},
        )
    },
)
async def ready(services: Injected) -> Response[bytes]:
    """Answer whether new runs are taken."""
    if services.runs.is_closing:
        return problem(503, "The server is about to end", headers=NO_STORE)
    return Response(json.encode(Health("ready")), media_type=JSON, headers=NO_STORE)
