"""The guard that every request and socket passes before its handler: who is let in, and from which pages.

A layer of each route, and not one of litestar's guards: for each of these it copies the handler, which costs
more than all of this. It asks `Admission` by the route.

route                              asks for
/…{demo}…                          the demo
/…{run}…                           the run's demo
/health/…, assets, frames, theme   nothing: they are the same for all, and say nothing of a demo
socket, feed, uploads              something: to be let in anywhere; each run in them is asked for by itself
any other                          the catalog
"""

from collections.abc import Sequence

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from gradstream.format.gate import OPEN, Gate
from gradstream.runs.contract import Runs
from gradstream.server.http.admission import Admission
from gradstream.server.http.answer_headers import MARKS, PRIVATE
from gradstream.server.http.caller import Callers
from gradstream.server.http.cross_site import refuse_other_sites
from gradstream.server.types import Connection

FOR_ALL = frozenset(
    {
        "/health/live",
        "/health/ready",
        "/assets/{path:path}",
        "/theme/{part:str}",
        "/frame",
        "/frame/{library:str}",
    }
)
ANYWHERE = frozenset({"/api/socket", "/api/feed", "/api/leave", "/api/uploads"})

SIGNS_IN = "signs_in"
"""In a handler's `opt`: it is asked by who is not let in yet."""


class Guarding(ASGIMiddleware):
    """Raises `Refused`, and PermissionDeniedException for pages of other sites than `origins`."""

    def __init__(
        self, admission: Admission, callers: Callers, runs: Runs, *, origins: frozenset[str] = frozenset()
    ) -> None:
        self._admission = admission
        self._callers = callers
        self._runs = runs
        self._origins = origins

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass on what is let in."""
        await self._admit(ASGIConnection(scope), scope["route_handler"])
        await next_app(scope, receive, send)

    async def _admit(self, connection: Connection, handler: BaseRouteHandler) -> None:
        refuse_other_sites(connection, self._origins)
        if SIGNS_IN in handler.opt or not FOR_ALL.isdisjoint(handler.paths):
            return
        caller = self._callers.of(connection)
        gates = await _asked(connection, handler, self._admission, self._runs)
        if caller.user is not None or caller.token is not None or not gates[0].is_open:
            connection.scope.get(MARKS, set()).add(PRIVATE)  # type: ignore[attr-defined]
        refusal = self._admission.refusal(caller, gates)
        if refusal is not None:
            raise refusal


async def _asked(
    connection: Connection, handler: BaseRouteHandler, admission: Admission, runs: Runs
) -> Sequence[Gate]:
    """Return the gates of which one has to let the caller in."""
    path = connection.path_params
    if "demo" in path:
        return [admission.gate(path["demo"])]
    if "run" in path:
        demo = await runs.demo_of(path["run"])
        # Of a run that is unknown there is nothing to guard: the handler says that it is.
        return [OPEN if demo is None else admission.gate(demo.address, demo)]
    if not ANYWHERE.isdisjoint(handler.paths):
        return admission.every_gate()
    return [admission.gate(None)]
