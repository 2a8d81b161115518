"""Large values that come at once: how long until they are drawn, and how long the page does not react.

press --the whole value in one yield--> its mark is drawn       took
every task of the page meanwhile, and while the rest is drawn   task
"""

from typing import NamedTuple

from bench.pressing import run_in_page
from bench.session import open_session
from bench.types import Figures, Inputs, Row, Tool

DRAWN_S = 600
EVERY = 6
"""Frames, between two looks at all that a page shows: 0.1 s."""
MARK = "~end"
"""A word of each value: the last one, but of a table the first."""


class _Value(NamedTuple):
    demo: str
    inputs: Inputs
    title: str
    task_ms: float
    took_ms: float | None = 1000


VALUES = (
    _Value("grid", {}, "a table of 200 by 60", 50),
    _Value("essay", {}, "200 kB of Markdown", 50),
    _Value("document", {}, "60,000 words of Markdown, 350 kB", 50, None),
    _Value("turns", {"message": "go", "count": 300}, "a conversation of 300 messages", 50),
    _Value("turns", {"message": "go", "count": 600}, "a conversation of 600 messages", 100),
)


class Drawing:
    """One page for each value."""

    rows = tuple(
        row
        for place, value in enumerate(VALUES)
        for row in (
            Row(key=f"task{place}", title=f"{value.title}: the longest task", unit="ms", limit=value.task_ms),
            Row(key=f"took{place}", title=f"{value.title}: until drawn", unit="ms", limit=value.took_ms),
        )
    )

    async def measure(self, tool: Tool) -> Figures:
        """Show each value once."""
        figures: dict[str, float] = {}
        for place, value in enumerate(VALUES):
            async with open_session(tool, value.demo) as session:
                shown = await run_in_page(
                    session, value.inputs, output="body", last=MARK, within_s=DRAWN_S, every=EVERY
                )
            figures |= {f"task{place}": shown.task_ms, f"took{place}": shown.took_ms}
        return figures
