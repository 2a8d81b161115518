"""The route of big values: bytes of a run by the digest of their content."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.http.ranges import RANGE_ANSWERS, file_answer
from gradstream.server.services import Injected
from gradstream.server.types import HttpRequest

# Opened as a page, a value must not act with the rights of this site.
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
# For audio and video, a browser creates a page that fetches the same URL again.
PLAYED_POLICY = "sandbox allow-same-origin; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"


def blob_headers(mime: str) -> dict[str, str]:
    """Return the headers of content that never changes, but belongs to one visitor."""
    return {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": PLAYED_POLICY if mime.startswith(("audio/", "video/")) else POLICY,
    }


@get(
    "/api/runs/{run:str}/blobs/{digest:str}",
    opt={
        "operation": Operation(
            summary="Fetch a big value of a run",
            answers={
                200: Answer("The value's bytes.", {"type": "string", "format": "binary"}, "*/*"),
                404: Answer.problem("No such run, or no such value in it."),
                **RANGE_ANSWERS,
            },
        )
    },
)
async def read_blob(
    request: HttpRequest, services: Injected, run: FromPath[str], digest: FromPath[str]
) -> Response[Any]:
    """Return the bytes of a value."""
    found = await services.runs.find(run, services.callers.of(request))
    blob = await found.blob(digest) if found else None
    if found is None or blob is None:
        return _no_value()
    headers = blob_headers(blob.mime)
    try:
        return await file_answer(request, [blob], read=found.read, media_type=blob.mime, headers=headers)
    except FileNotFoundError:
        # The file, or its run, was removed since the lookup.
        return _no_value()


def _no_value() -> Response[bytes]:
    return problem(404, "This run has no such value")
