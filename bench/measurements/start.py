"""From the command to the first whole page."""

from bench.session import open_session
from bench.types import Figures, Row, Tool


class Start:
    """Spawn, then ask for a demo's page until it comes."""

    rows = (Row(key="start", title="start to the first page served", unit="s", ratio=5),)

    async def measure(self, tool: Tool) -> Figures:
        """Start a server once."""
        async with open_session(tool, "growing") as session:
            return {"start": session.server.start_s}
