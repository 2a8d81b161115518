"""What a stream of sound or video costs the server, without a page: all chunks at full speed."""

import math
import sys
from collections.abc import Mapping

from bench.demos.sounding import CHUNK_S
from bench.session import Session, open_session
from bench.types import Figures, Row, Tool

CHUNKS = {"sound": 16, "clips": 10}
FORMS = {"sound": ("wav", "mp3", "slices", "arrays"), "clips": ("mp4", "ts", "mp4_sound")}
COPIED: Mapping[str, float] = dict.fromkeys(FORMS["clips"], 5)  # times less, where pictures are copied


class ChunkCost:
    """Processor time of all processes per second of media, and the whole run's time per chunk."""

    rows = tuple(
        row
        for forms in FORMS.values()
        for form in forms
        for row in (
            Row(
                key=f"{form}_cpu",
                title=f"{form.replace('_', ' with ')}: processor time a second of media",
                unit="ms",
                ratio=COPIED.get(form),
            ),
            Row(key=f"{form}_chunk", title=f"{form.replace('_', ' with ')}: time a chunk", unit="ms"),
        )
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run each form once for warmth and once for the figures."""
        figures: dict[str, float] = {}
        for demo, forms in FORMS.items():
            async with open_session(tool, demo, media=True) as session:
                for form in forms:
                    await self._cost(session, form, chunks=2)
                    figures |= await self._cost(session, form, chunks=CHUNKS[demo])
        return figures

    async def _cost(self, session: Session, form: str, *, chunks: int) -> Figures:
        before_s = session.server.cpu_s()
        begun = await session.run({"form": form, "pace": 0, "chunks": chunks})
        used_s = session.server.cpu_s() - before_s
        took_ms = (begun.feed.arrivals[-1][0] - begun.sent_ns) / 1e6
        try:
            delivered = session.tool.deliveries(begun.feed, chunk_s=CHUNK_S[form])
        except RuntimeError as error:
            print(f"{session.tool.name} cannot stream {form}: {error}", file=sys.stderr)
            delivered = []
        media_s = sum(piece.duration_s for piece in delivered)
        if media_s < (chunks - 1) * CHUNK_S[form]:
            return {f"{form}_cpu": math.inf, f"{form}_chunk": math.inf}
        return {f"{form}_cpu": 1000 * used_s / media_s, f"{form}_chunk": took_ms / chunks}
