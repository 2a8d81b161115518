"""The launchers of one engine: that of the server's Python, and one of each other that a demo names.

    demo --of--> Launcher

Each is started with its first worker. Bound: one for each interpreter that the catalog has named since the
start; they end with the engine.
"""

import asyncio

from gradstream.engines.local.interpreters import require_usable
from gradstream.engines.local.launcher import Launcher
from gradstream.format.types import Demo


class Launchers:
    """One engine's; `own` is that of the server's Python."""

    def __init__(self) -> None:
        self.own = Launcher()
        self._others: dict[str, Launcher] = {}

    def of(self, demo: Demo) -> Launcher:
        """Return the launcher of the demo's Python."""
        if demo.worker.python is None:
            return self.own
        path = demo.worker.python.path
        if path not in self._others:
            self._others[path] = Launcher(path, require_usable=require_usable)
        return self._others[path]

    async def aclose(self) -> None:
        """End all of them."""
        await asyncio.gather(*(each.aclose() for each in (self.own, *self._others.values())))
