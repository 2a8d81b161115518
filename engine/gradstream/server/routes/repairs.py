"""The route by which the developer repairs a demo's file from its page: one fix, chosen by who looks at it.

finding + fix of the revision that the page shows --apply--> the file, if nobody has saved it meanwhile
"""

import asyncio
from pathlib import Path
from typing import Any

from litestar import Response, post
from litestar.params import FromPath
from msgspec import DecodeError, Struct, json

from gradstream.catalog.repairs import FileChangedError, with_fix
from gradstream.catalog.types import BrokenDemo, CatalogSnapshot
from gradstream.diagnostics import Fix
from gradstream.server.http.openapi import Answer, Operation
from gradstream.server.http.problems import problem
from gradstream.server.services import Injected
from gradstream.server.types import HttpRequest


class RepairRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Which fix to make: its number within its finding, and the finding's within the demo's, both from 0."""

    revision: str
    finding: int
    fix: int = 0


@post(
    "/api/demos/{demo:str}/repair",
    status_code=200,
    opt={
        "operation": Operation(
            summary="Repair a demo's file",
            about="Only for who may see tracebacks: in development mode, on this machine.",
            body=RepairRequest,
            answers={
                204: Answer("The file was written; its page follows as after any save."),
                400: Answer.problem("The body is not such a request."),
                403: Answer.problem("Another site's page, or not the developer on this machine."),
                404: Answer.problem("There is no such demo or fix."),
                409: Answer.problem("The file has been saved meanwhile, or cannot be written."),
            },
        )
    },
)
async def repair_demo(request: HttpRequest, services: Injected, demo: FromPath[str]) -> Response[Any]:
    """Make one fix in a demo's file."""
    if not services.callers.of(request).may_see_tracebacks:
        return problem(403, "Files are repaired by the developer, on the server's own machine")
    try:
        asked = json.decode(await request.body(), type=RepairRequest)
    except DecodeError as error:
        return problem(400, f"The body is not valid: {error}")
    snapshot = services.catalog.snapshot
    broken = _mistaken(snapshot, demo)
    is_shown = asked.revision == services.catalog.revision(demo)
    fix = _fix_of(broken, asked) if broken is not None and is_shown else None
    if broken is None or fix is None:
        return problem(404, "There is no such fix; the file may have been saved meanwhile")
    path = Path(snapshot.root, broken.file)
    try:
        await asyncio.to_thread(_write, path, broken, fix)
    except (FileChangedError, OSError) as error:
        return problem(409, str(error))
    return Response(None, status_code=204)


def _mistaken(snapshot: CatalogSnapshot, address: str) -> BrokenDemo | None:
    return snapshot.stale.get(address) or snapshot.broken.get(address)


def _fix_of(broken: BrokenDemo, asked: RepairRequest) -> Fix | None:
    if asked.finding < 0 or asked.fix < 0:
        return None
    found = next(iter(broken.diagnostics[asked.finding : asked.finding + 1]), None)
    return None if found is None else next(iter(found.fixes[asked.fix : asked.fix + 1]), None)


def _write(path: Path, broken: BrokenDemo, fix: Fix) -> None:
    with_fix(path, shown=broken.file, source=broken.source, fix=fix).write()
