"""The route of uploads: the field `file` of a multipart form, stored on disk before a run refers to it."""

from typing import Any

from litestar import Response, post
from litestar.exceptions import ClientException
from litestar.types import Receive
from msgspec import Struct, json

from gradstream.format.units import format_size
from gradstream.server.http.form_file import NO_FILE, read_form_file
from gradstream.server.http.openapi import JSON, Answer, Operation, Parameter
from gradstream.server.http.problems import problem
from gradstream.server.http.session import HEADER
from gradstream.server.services import Injected
from gradstream.server.types import HttpRequest

ENVELOPE_BYTES = 16 * 2**10
"""The size of what a form adds to a file: boundaries and headers."""

FORM = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


class Uploaded(Struct):
    """The file's id: an input's value is then {"file": id}."""

    file: str


@post(
    "/api/uploads",
    # Limited in the handler, so that the response is the same for any size.
    request_max_body_size=None,
    opt={
        "operation": Operation(
            summary="Send a file",
            parameters=(Parameter(HEADER, "Only runs of this session can use the file.", place="header"),),
            body=FORM,
            body_type="multipart/form-data",
            answers={
                201: Answer("The file was stored.", Uploaded),
                400: Answer.problem("The body is not a form with a field `file`."),
                403: Answer.problem("Another site's page."),
                413: Answer.problem("The file is too large, or the form has too many parts or headers."),
                507: Answer.problem("The server's disk is full."),
            },
        )
    },
)
async def upload(request: HttpRequest, services: Injected) -> Response[bytes]:
    """Store a visitor's file."""
    caller = services.callers.of(request)
    body = _LimitedBody(request.receive, max_bytes=services.limits.upload_bytes + ENVELOPE_BYTES)
    if (request.content_length or 0) > body.max_bytes:
        return _too_large(services.limits.upload_bytes)
    chunks = HttpRequest(request.scope, receive=body.receive).stream()
    try:
        file = await read_form_file(request.headers.get("content-type", ""), chunks)
    except ClientException:
        if body.is_cut:
            return _too_large(services.limits.upload_bytes)
        raise
    if file is None:
        raise ClientException(NO_FILE)
    with file.source as source:
        size = source.seek(0, 2)
        source.seek(0)
        if size > services.limits.upload_bytes:
            return _too_large(services.limits.upload_bytes)
        key = await services.uploads.store(source, name=file.name, caller=caller)
    return Response(json.encode(Uploaded(key)), status_code=201, media_type=JSON)


class _LimitedBody:
    """A request's body that ends early if it is too large, so that its reader cleans up as usual."""

    def __init__(self, receive: Receive, *, max_bytes: int) -> None:
        self._receive = receive
        self._left = max_bytes
        self.max_bytes = max_bytes
        self.is_cut = False

    async def receive(self) -> Any:
        """Return the next message of the connection."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message["body"])
            if self._left < 0:
                self.is_cut = True
                return {"type": "http.request", "body": b"", "more_body": False}
        return message


def _too_large(limit: int) -> Response[bytes]:
    return problem(
        413, f"A file may be at most {format_size(limit, is_bound=True)}", title="The file is too large"
    )
