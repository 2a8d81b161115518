"""Files from visitors: one field `file` of a multipart form, on disk before a run refers to it."""

from typing import Any, BinaryIO, cast

from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException
from litestar.types import Receive
from msgspec import Struct, json

from gradstream.components.wording import format_size
from gradstream.server.http.openapi import JSON, Answer, Operation, Parameter
from gradstream.server.http.problems import problem
from gradstream.server.http.session import HEADER
from gradstream.server.services import Injected
from gradstream.server.types import HttpRequest

ENVELOPE_BYTES = 16 * 2**10
"""What a form adds around one file: boundaries and headers."""

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
    # Bounded here, where it can be answered in the same words at any size.
    request_max_body_size=None,
    opt={
        "operation": Operation(
            summary="Send a file",
            parameters=(
                Parameter(HEADER, "Whose file it is; only runs of this session can use it.", place="header"),
            ),
            body=FORM,
            body_type="multipart/form-data",
            answers={
                201: Answer("It is here.", Uploaded),
                400: Answer.problem("No form with a field `file`."),
                403: Answer.problem("Another site's page."),
                413: Answer.problem("The file is too large."),
            },
        )
    },
)
async def upload(request: HttpRequest, services: Injected) -> Response[bytes]:
    """Keep a visitor's file."""
    caller = services.callers.of(request)
    body = _Bounded(request.receive, max_bytes=services.upload_bytes + ENVELOPE_BYTES)
    if (request.content_length or 0) > body.max_bytes:
        return _too_large(services.upload_bytes)
    try:
        form = await HttpRequest(request.scope, receive=body.receive).form()
    except ClientException:
        if body.is_cut:
            return _too_large(services.upload_bytes)
        raise
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise ClientException("The body is a multipart form with a file in its field `file`")
    source = cast("BinaryIO", file.file)
    size = source.seek(0, 2)
    source.seek(0)
    if size > services.upload_bytes:
        return _too_large(services.upload_bytes)
    key = await services.uploads.store(source, name=file.filename, caller=caller)
    return Response(json.encode(Uploaded(key)), status_code=201, media_type=JSON)


class _Bounded:
    """A request's body that ends early when it is too large: its reader tidies up as at any end."""

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
    return problem(413, f"A file may have at most {format_size(limit)}", title="The file is too large")
