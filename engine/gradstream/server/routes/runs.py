"""The routes of runs: start one, read its state, follow its events, stop it."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, assert_never, get_args

from litestar import Response, delete, get, post
from litestar.exceptions import ClientException
from litestar.params import FromPath
from msgspec import Struct, json, to_builtins
from msgspec.structs import replace

from gradstream.catalog.types import BrokenDemo
from gradstream.components.form import Finding
from gradstream.errors import Fault
from gradstream.events.codec import PIECE_BYTES
from gradstream.events.fold import RunState
from gradstream.events.types import CanceledBy, Progress, Status
from gradstream.format.types import OnDisconnect, PageEvent
from gradstream.format.units import wait_of
from gradstream.format.wording import shorten
from gradstream.media.types import Codec
from gradstream.report.json import fields
from gradstream.runs.contract import (
    CannotFollow,
    DiskFull,
    Next,
    NoSuchAction,
    QueueFull,
    Refusal,
    Reused,
    RunHandle,
    RunWish,
    ShuttingDown,
    TooManyRuns,
    UnfitInputs,
)
from gradstream.runs.record import RunRecord
from gradstream.server.content.run_json import one_by_one, state_pieces
from gradstream.server.follow.multiplexed_feed import number_of
from gradstream.server.follow.sse import MEDIA_TYPE, FeedStream, nothing_follows, run_lines
from gradstream.server.http import problems
from gradstream.server.http.json_body import decode_body
from gradstream.server.http.openapi import JSON, Answer, Operation, Parameter
from gradstream.server.http.problems import DISK_FULL, problem
from gradstream.server.http.repeat_key import REPEAT_KEY, repeat_key_of
from gradstream.server.http.session import HEADER
from gradstream.server.http.streaming_response import Piecewise
from gradstream.server.http.visitor_headers import language_of, listed_headers
from gradstream.server.services import Injected, Services
from gradstream.server.types import HttpRequest

SESSION = Parameter(HEADER, "The page's unguessable id, which owns uploads and state.", place="header")
NO_RUN = Answer.problem("No such run, or it is no longer stored.")


class RunRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to run. Missing inputs take their defaults; the default `action` is the demo's first.

    `accept` lists audio codecs that the caller can play, the preferred one first: flac, opus, aac; unknown
    ones are ignored, and the default is aac. `supersedes` is a run of the same session that this one
    replaces. `follows` is a run of the same session that has ended so that `then` of its action names this
    one: it is started once, and a second request gets the run of the first. `properties` are runs of this
    demo that have changed properties of its inputs, the latest last: values are checked by these.
    `event` is what a visitor did, of what the action runs on; the function's parameter `event` is given it.
    `on_disconnect` takes the place of the demo's: a time with its unit, such as 30s, or keep, or stop. With
    `exact` each picture is sent without loss, which takes longer, and not only the last one of a run. With
    `replay` a recording may stand for the run, where the demo says `cache: true` and the values are those of
    one of its examples.
    """

    inputs: dict[str, Any] = {}
    action: str | None = None
    accept: list[str] | None = None
    supersedes: str | None = None
    follows: str | None = None
    properties: list[str] = []
    event: PageEvent | None = None
    on_disconnect: str | None = None
    exact: bool = False
    replay: bool = False


class UnfitInput(Struct, frozen=True, kw_only=True):
    """What is wrong with the value of one input."""

    input: str
    code: str
    message: str
    expected: str
    found: str
    repair: str


class RunCreated(Struct):
    """The new run's id, and when what it replays was recorded; null for a run that runs."""

    run: str
    recorded_at: str | None


class RunView(Struct, kw_only=True):
    """The state of a run: the fold of its events up to `seq`.

    Times are ISO 8601; `started_at` is when the generator was called. `inputs` has what a failure's message
    says about which input. `recorded_at` is when what the run replays was recorded, null for one that runs.
    """

    run: str
    demo: str
    action: str
    status: Status
    seq: int
    outputs: dict[str, Any]
    progress: Progress | None
    position: int | None
    eta_s: float | None
    message: str | None
    fault: Fault | None
    by: CanceledBy | None
    detail: str | None
    inputs: dict[str, str]
    duration_s: float | None
    created_at: str
    started_at: str | None
    recorded_at: str | None


@post(
    "/api/demos/{demo:str}/runs",
    opt={
        "operation": Operation(
            summary="Start a run",
            about="With `Accept: text/event-stream` the response is the run's feed.",
            parameters=(SESSION, REPEAT_KEY),
            body=RunRequest,
            answers={
                200: Answer("The run was created before: it follows the same run.", RunCreated),
                201: Answer("The run was created.", RunCreated, headers={"Location": "The run's URL."}),
                400: Answer.problem("The body is not valid JSON, or not of this shape."),
                403: Answer.problem("Another site's page."),
                404: Answer.problem("No such demo."),
                409: Answer.problem(
                    "The demo's file has errors, which `diagnostics` lists; or the action does not follow "
                    "the run that it is to follow."
                ),
                413: Answer.problem("The body is too large."),
                422: Answer.problem(
                    "Some inputs are invalid, there is no such action, or the key is that of another request."
                ),
                429: Answer.problem("Too many runs are waiting.", headers={"Retry-After": "Seconds."}),
                503: Answer.problem("The server is shutting down."),
                507: Answer.problem("The server's disk is full."),
            },
            streams=MEDIA_TYPE,
        )
    },
)
async def create_run(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Start a run of a demo."""
    snapshot = services.catalog.snapshot
    if demo in snapshot.broken:
        return _broken(snapshot.broken[demo])
    if demo not in snapshot.demos:
        return problem(404, f"There is no demo {demo}")
    data = await request.body()
    body = await decode_body(data, RunRequest, limits=services.limits)
    caller = services.callers.of(request)
    headers = listed_headers(
        request,
        snapshot.demos[demo].headers,
        ours=services.callers.is_ours,
        has_token=services.admission.gate(demo).token is not None,
    )
    wish = RunWish(
        demo=snapshot.demos[demo],
        inputs=body.inputs,
        action=body.action,
        supersedes=body.supersedes,
        accepts=_accepts(body.accept or []),
        properties=tuple(body.properties),
        size=len(data) + sum(map(len, headers.values())),
        event=body.event,
        on_disconnect=_on_disconnect(body.on_disconnect),
        exact=body.exact,
        language=language_of(request),
        headers=headers,
        replays=body.replay,
    )
    key = repeat_key_of(request)
    if body.follows is not None:
        made = await services.runs.go_on(wish, caller, follows=body.follows)
    elif key is not None:
        digest = sha256(demo.encode() + b"\0" + data).digest()
        made = await services.runs.create_once(wish, caller, key=key, digest=digest)
    else:
        created = await services.runs.create(wish, caller)
        made = created if isinstance(created, Refusal) else Next(run=created, is_new=True)
    if isinstance(made, Refusal):
        return _refused(made)
    return _answer(request, services, made.run, status=201 if made.is_new else 200)


@get(
    "/api/runs/{run:str}",
    opt={
        "operation": Operation(
            summary="Read a run's state",
            answers={200: Answer("The fold of the run's events so far.", RunView), 404: NO_RUN},
        )
    },
)
async def read_run(request: HttpRequest, services: Injected, run: FromPath[str]) -> Response[Any]:
    """Return a run's state."""
    found = await services.runs.find(run, services.callers.of(request))
    if found is None:
        return _no_run(run)
    state = await found.state()
    headers = {"Cache-Control": "no-store"}
    pieces = state_pieces(json.encode(_view(found.record, state)), state.outputs)
    if sum(len(memoryview(value)) for value in state.outputs.values()) <= PIECE_BYTES:
        return Response(b"".join(pieces), media_type=JSON, headers=headers)
    return Piecewise(one_by_one(pieces), media_type=JSON, headers=headers)


@get(
    "/api/runs/{run:str}/events",
    opt={
        "operation": Operation(
            summary="Follow a run's events",
            about="The events after a number, then each new one until the run is over. Each event's `data` "
            "is an `Event` without its type.",
            parameters=(
                Parameter("after", "Only events with greater numbers.", {"type": "integer", "minimum": 0}),
                Parameter("Last-Event-ID", "The same; overrides `after`.", place="header"),
            ),
            answers={
                200: Answer("The feed."),
                204: Answer("The run is over and has no events after that number."),
                400: Answer.problem("Not a number."),
                404: NO_RUN,
            },
            streams=MEDIA_TYPE,
        )
    },
)
async def read_events(request: HttpRequest, services: Injected, run: FromPath[str]) -> Response[Any]:
    """Return a run's feed."""
    found = await services.runs.find(run, services.callers.of(request))
    if found is None:
        return _no_run(run)
    text = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    after = number_of(text, "after or Last-Event-ID")
    latest = await found.latest()
    if latest.is_over and after >= latest.seq:
        return nothing_follows()
    return FeedStream(run_lines(found.reader(after=after), services.heartbeat))


@delete(
    "/api/runs/{run:str}",
    status_code=200,
    opt={
        "operation": Operation(
            summary="Stop a run",
            answers={
                204: Answer("It was stopped, or was already over."),
                403: Answer.problem("Another site's page."),
                404: NO_RUN,
            },
        )
    },
)
async def stop_run(request: HttpRequest, services: Injected, run: FromPath[str]) -> Response[Any]:
    """Stop a run; one that is over does not change."""
    found = await services.runs.find(run, services.callers.of(request))
    if found is None:
        return _no_run(run)
    await found.stop("visitor")
    return Response(None, status_code=204)


def _broken(demo: BrokenDemo) -> Response[bytes]:
    return problem(
        409,
        "The demo's file has errors; it will run again once they are fixed",
        title="This demo is broken",
        kind=problems.BROKEN_DEMO,
        diagnostics=[{**fields(replace(found, fixes=()))} for found in demo.diagnostics],
    )


def _accepts(named: list[str]) -> tuple[str, ...]:
    """Return the known codecs, without repeats; AAC, which every player has, if none is left."""
    known = tuple(name for name in dict.fromkeys(named) if name in get_args(Codec))
    return known or ("aac",)


def _on_disconnect(text: str | None) -> OnDisconnect | None:
    """Return what was asked for; raises ClientException."""
    if text is None:
        return None
    wait = wait_of(text)
    if wait is None:
        raise ClientException(
            "on_disconnect takes a time with its unit, such as 30s or 5min, or keep, or stop; "
            f"{shorten(text)!r} is not one of these"
        )
    return wait


def _answer(request: HttpRequest, services: Services, run: RunHandle, *, status: int) -> Response[Any]:
    key = run.record.id
    location = f"{request.scope.get('root_path', '')}/api/runs/{key}"
    if MEDIA_TYPE in request.headers.get("accept", ""):
        lines = run_lines(run.reader(after=0), services.heartbeat)
        return FeedStream(lines, status_code=status, headers={"Location": location})
    created = RunCreated(key, _moment_or_none(run.record.recorded_at))
    return Response(json.encode(created), status_code=status, media_type=JSON, headers={"Location": location})


def _refused(refusal: Refusal) -> Response[bytes]:
    match refusal:
        case UnfitInputs():
            found = [_row(one) for one in refusal.findings]
            return problem(
                422,
                found[0]["message"] + (f" (and {refusal.more:,} more)" if refusal.more else ""),
                title="Some inputs do not fit",
                kind=problems.INVALID_INPUTS,
                diagnostics=found,
            )
        case NoSuchAction():
            known = ", ".join(refusal.known)
            return problem(
                422, f"The demo has no action {shorten(refusal.name)!r}, only {known}", title="No such action"
            )
        case Reused():
            return problem(
                422,
                f"This {REPEAT_KEY.name} was sent before with another request; make a new one for each",
                title="The key was used before",
            )
        case CannotFollow():
            return problem(409, refusal.reason, title="The run does not follow")
        case QueueFull():
            wait = str(refusal.retry_after_s)
            return problem(
                429,
                f"Too many runs are waiting; try again in {wait} s",
                title="The queue is full",
                kind=problems.QUEUE_FULL,
                headers={"Retry-After": wait},
            )
        case TooManyRuns():
            return problem(
                429,
                f"You have {refusal.most:,} runs that go on or wait; try again when one has ended",
                title="Too many runs",
                headers={"Retry-After": str(refusal.retry_after_s)},
            )
        case DiskFull():
            return problem(507, DISK_FULL)
        case ShuttingDown():
            return problem(503, "The server is shutting down")
        case _:
            assert_never(refusal)


def _row(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    row: dict[str, Any] = to_builtins(
        UnfitInput(
            input=finding.input,
            code=problem.code,
            message=problem.message,
            expected=problem.expected,
            found=problem.found,
            repair=problem.repair,
        )
    )
    return row


def _view(record: RunRecord, state: RunState) -> RunView:
    """Return all of a state but its outputs."""
    created_at, started_ms = record.created_at, state.started_ms
    return RunView(
        run=record.id,
        demo=record.demo.address,
        action=record.action,
        status=state.status,
        seq=state.seq,
        outputs={},
        progress=state.progress,
        position=state.position,
        eta_s=state.eta_s,
        message=state.message,
        fault=state.fault,
        by=state.by,
        detail=state.detail,
        inputs=dict(state.inputs),
        duration_s=state.duration_s,
        created_at=_moment(created_at),
        started_at=None if started_ms is None else _moment(created_at + started_ms / 1000),
        recorded_at=_moment_or_none(record.recorded_at),
    )


def _moment_or_none(seconds: float | None) -> str | None:
    return None if seconds is None else _moment(seconds)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _no_run(run: str) -> Response[bytes]:
    return problem(404, f"There is no run {run}, or it is no longer stored")
