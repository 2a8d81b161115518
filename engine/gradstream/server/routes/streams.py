"""The routes of audio and video streams, below `/api/runs/{run}/outputs/{output}/`.

index.m3u8               the playlist, for players of HLS
init.mp4, 0.m4s, 1.m4s … the init segment and each segment, immutable: fetched by the page at each event
stream.mp4               all of it in one response, which lasts as long as the run
download.wav …           a finished run's stream as a file
"""

import re
from collections.abc import Callable
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from gradstream.components.registry import output_kind
from gradstream.file_ref import StoredFile
from gradstream.format.types import Output
from gradstream.runs.contract import ExportFailure, RunHandle, StoredStream
from gradstream.runs.record import RunRecord
from gradstream.server.content.downloads import MEDIA_TYPES, attachment, media_type
from gradstream.server.content.playlist import MEDIA_TYPE as PLAYLIST
from gradstream.server.content.playlist import playlist, target_s
from gradstream.server.follow.live_stream import live_chunks, wait_until
from gradstream.server.http.openapi import Answer, Operation, Parameter
from gradstream.server.http.problems import problem
from gradstream.server.http.ranges import RANGE_ANSWERS, file_answer
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.routes.blobs import blob_headers
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest

BASE = "/api/runs/{run:str}/outputs/{output:str}"

FIRST_SEGMENT_S = 8.0
"""How long a request waits for a stream that has not started; players give up after 10 s."""

POLL_TARGETS = 3
SHORTEST_POLL_S = 10.0
"""After fetching the playlist, a player counts as a reader for this time or POLL_TARGETS target durations."""

KEPT = blob_headers("audio/mp4")
# A proxy that buffers the response would send nothing until the run has ended.
LIVE = {**KEPT, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
UNCACHED = {"Cache-Control": "no-store"}

BYTES = {"type": "string", "format": "binary"}
NO_STREAM = Answer.problem("No such run or output, or it has no stream (yet).")

_NAME = re.compile(r"(?P<index>[0-9]{1,9})\.m4s|download\.(?P<suffix>[a-z0-9]{3,4})")


class FoundStream(Struct, frozen=True):
    """A stream, its run, and the name of its output."""

    run: RunHandle
    output: str
    stream: StoredStream


@get(
    f"{BASE}/index.m3u8",
    opt={
        "operation": Operation(
            summary="Read a stream's playlist",
            about="HLS. It waits some seconds for the first segment. While the run continues, a client that "
            "fetches it counts as a reader of the run until some seconds after the last request.",
            answers={200: Answer("The playlist.", {"type": "string"}, PLAYLIST), 404: NO_STREAM},
        )
    },
)
async def read_playlist(
    request: HttpRequest, services: Injected, run: FromPath[str], output: FromPath[str]
) -> Response[Any]:
    """Return the playlist of the segments so far."""
    found = await _awaited(request, services, run, output, is_there=lambda stream: stream.end > 0)
    if not isinstance(found, FoundStream):
        return found
    found.run.expect_reader(for_s=_poll_s(found.stream))
    is_over = (await found.run.latest()).is_over
    text = playlist(found.stream, is_over=is_over).encode()
    return Response(text, media_type=PLAYLIST, headers=KEPT if is_over else LIVE)


@get(
    f"{BASE}/init.mp4",
    opt={
        "operation": Operation(
            summary="Fetch a stream's init segment",
            about="Players need it before any other segment.",
            answers={200: Answer("The init segment.", BYTES, "*/*"), 404: NO_STREAM, **RANGE_ANSWERS},
        )
    },
)
async def read_head(
    request: HttpRequest, services: Injected, run: FromPath[str], output: FromPath[str]
) -> Response[Any]:
    """Return the init segment."""
    found = await _find(request, services, run, output)
    return await _fetched(request, found, found.stream.init) if isinstance(found, FoundStream) else found


@get(
    f"{BASE}/stream.mp4",
    opt={
        "operation": Operation(
            summary="Follow a stream",
            about="One response with the init segment, the segments so far and each new one, until the run "
            "is over; cut anywhere, it plays that far. Once the run is over it is a file, with ranges.",
            parameters=(
                Parameter(
                    "from",
                    "Start with the oldest stored segment, or with the newest one of a run that continues.",
                    {"enum": ["start", "live"], "default": "start"},
                ),
            ),
            answers={
                200: Answer("The stream.", BYTES, "*/*"),
                400: Answer.problem("`from` is invalid."),
                404: NO_STREAM,
                **RANGE_ANSWERS,
            },
        )
    },
)
async def read_stream(
    request: HttpRequest, services: Injected, run: FromPath[str], output: FromPath[str]
) -> Response[Any]:
    """Return a whole stream, as it grows."""
    begin = request.query_params.get("from", "start")
    if begin not in {"start", "live"}:
        return problem(400, f"from must be start or live, not {begin!r}")
    found = await _awaited(request, services, run, output, is_there=lambda _: True)
    if not isinstance(found, FoundStream):
        return found
    stream, type_ = found.stream, found.stream.init.mime
    if (await found.run.latest()).is_over:
        return await _file(request, found.run, stream.files, media_type=type_, headers=KEPT)
    index = max(stream.first, stream.end - 1) if begin == "live" else stream.first
    heartbeat = services.heartbeat
    chunks = live_chunks(found.run, found.output, stream, heartbeat, index=index)
    return Piecewise(chunks, media_type=type_, headers={**LIVE, "Accept-Ranges": "none"})


@get(
    f"{BASE}/{{name:str}}",
    opt={
        "operation": Operation(
            summary="Fetch a segment, or a finished stream as a file",
            about="`N.m4s` is the segment with this number, from 0. `download.wav` "
            f"(or {', '.join(list(MEDIA_TYPES)[1:])}) is a finished run's stream, made at the first request.",
            answers={
                200: Answer("The segment, or the file.", BYTES, "*/*"),
                404: Answer.problem("No such run, output, stream, segment or kind of file."),
                409: Answer.problem("The run is not over."),
                410: Answer.problem("The segment was dropped: the stream has become too large."),
                422: Answer.problem("The stream cannot be written as such a file."),
                **RANGE_ANSWERS,
                500: Answer.problem("The file could not be made."),
            },
        )
    },
)
async def read_part(
    request: HttpRequest, services: Injected, run: FromPath[str], output: FromPath[str], name: FromPath[str]
) -> Response[Any]:
    """Return a segment, or a download."""
    found, named = await _find(request, services, run, output), _NAME.fullmatch(name)
    if not isinstance(found, FoundStream):
        return found
    if named is not None and named["index"]:
        return await _segment(request, found, int(named["index"]))
    if named is not None and named["suffix"] in MEDIA_TYPES:
        return await _download(request, found, suffix=named["suffix"])
    return _missing(f"Streams have no file {name}")


async def _find(
    request: HttpRequest, services: Services, run: str, output: str
) -> FoundStream | Response[bytes]:
    found = await services.runs.find(run, services.callers.of(request))
    if found is None:
        return _missing(f"There is no run {run}, or it is no longer stored")
    stream = await found.stream(output)
    if stream is None:
        return _missing(f"The output {output} has no stream")
    return FoundStream(found, output, stream)


async def _awaited(
    request: HttpRequest,
    services: Services,
    run: str,
    output: str,
    *,
    is_there: Callable[[StoredStream], bool],
) -> FoundStream | Response[bytes]:
    """Find a stream; wait some time for one that is about to start."""
    waiting = await services.runs.find(run, services.callers.of(request))
    if waiting is not None and _is_streamed(waiting.record, output):
        handle = waiting

        async def is_ready() -> bool:
            stream = await handle.stream(output)
            return stream is not None and is_there(stream)

        await wait_until(handle, services.heartbeat, is_there=is_ready, within_s=FIRST_SEGMENT_S)
    return await _find(request, services, run, output)


def _is_streamed(record: RunRecord, output: str) -> bool:
    """Return whether a stream can be expected of an output."""
    return any(_streams(one) for one in record.demo.outputs if one.name == output)


def _streams(output: Output) -> bool:
    return output_kind(output.kind).is_media and output.streaming and output.updates == "append"


async def _segment(request: HttpRequest, found: FoundStream, index: int) -> Response[Any]:
    kept = await found.run.segment(found.output, index)
    if kept is None:
        return _missing(f"The stream has no segment {index} (yet)")
    if kept.index != index:
        return _dropped(index)
    return await _fetched(request, found, kept.file)


async def _fetched(request: HttpRequest, found: FoundStream, file: StoredFile) -> Response[Any]:
    # A player with many segments to fetch may not read the playlist for a while.
    found.run.expect_reader(for_s=_poll_s(found.stream), renew=True)
    return await _file(request, found.run, [file], media_type=file.mime, headers=KEPT)


async def _download(request: HttpRequest, found: FoundStream, *, suffix: str) -> Response[Any]:
    run, stream = found.run, found.stream
    if not (await run.latest()).is_over:
        return problem(409, "The stream can be downloaded once the run is over", headers=UNCACHED)
    if not stream.segments:
        return _missing("The stream is empty")
    made = await run.download(found.output, suffix)
    if made is None:
        return _removed()
    if isinstance(made, ExportFailure):
        return problem(500 if made.is_ours else 422, made.reason, headers=UNCACHED)
    headers = {**KEPT, "Content-Disposition": attachment(run.record.demo.title, found.output, suffix)}
    return await _file(
        request, run, [made], media_type=media_type(suffix, is_video=stream.is_video), headers=headers
    )


async def _file(
    request: HttpRequest, run: RunHandle, files: list[StoredFile], *, media_type: str, headers: dict[str, str]
) -> Response[Any]:
    try:
        return await file_answer(request, files, read=run.read, media_type=media_type, headers=headers)
    except FileNotFoundError:
        # The file, or its run, was removed since the lookup.
        return _removed()


def _poll_s(stream: StoredStream) -> float:
    return max(SHORTEST_POLL_S, POLL_TARGETS * target_s(stream))


def _missing(detail: str) -> Response[bytes]:
    return problem(404, detail, headers=UNCACHED)


def _removed() -> Response[bytes]:
    return problem(410, "The file was removed a moment ago", headers=UNCACHED)


def _dropped(index: int) -> Response[bytes]:
    return problem(410, f"Segment {index} was dropped: the stream has become too large", headers=UNCACHED)
