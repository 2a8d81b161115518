"""A tool that serves a copy of the bench's demos, fresh for each measurement."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from bench.media import media_folder
from bench.process import Server, free_port, serve
from bench.types import Begun, Inputs, PictureSink, Tool

BENCH = Path(__file__).parent
RUN_S = 120  # longer than any single run takes on a slow machine


class Session(msgspec.Struct, frozen=True):
    """One demo of one tool, being served from a folder of its own."""

    tool: Tool
    demo: str
    server: Server
    folder: Path

    @property
    def page_url(self) -> str:
        """The address of the demo's page."""
        return f"http://127.0.0.1:{self.server.port}{self.tool.page(self.demo)}"

    async def begin(self, inputs: Inputs, *, sink: PictureSink | None = None) -> Begun:
        """Start a run and open its feed."""
        return await self.tool.begin(self.demo, inputs, port=self.server.port, sink=sink)

    async def run(
        self, inputs: Inputs, *, sink: PictureSink | None = None, timeout_s: float = RUN_S
    ) -> Begun:
        """Run the demo to its end."""
        begun = await self.begin(inputs, sink=sink)
        async with asyncio.timeout(timeout_s):
            await begun.feed.ended
        return begun


@contextlib.asynccontextmanager
async def open_session(
    tool: Tool, demo: str, *, reload: bool = False, media: bool = False
) -> AsyncIterator[Session]:
    """Serve one demo for the time of a block, with files of sound and video if it streams them."""
    with tempfile.TemporaryDirectory(prefix="gradstream-bench-") as name:
        folder = Path(name)
        shutil.copytree(BENCH / "demos", folder / "demos", ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("gradstream.yaml", "gradio_app.py"):
            shutil.copy(BENCH / file, folder)
        if media:
            shutil.copytree(media_folder(), folder / "demos" / "media")
        port = free_port()
        command = tool.command(demo, port=port, folder=folder, reload=reload)
        async with serve(command, port=port, page=tool.page(demo)) as server:
            yield Session(tool, demo, server, folder)
