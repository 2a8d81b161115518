"""10,000 yields of a text that grows by a word each, to one client, at full speed."""

from bench.session import open_session
from bench.types import Figures, Row, Step, Tool

STEPS = 10_000
WARM_STEPS = 100


class Text:
    """Each yield counts as delivered when the words it added have arrived; the whole text is compared."""

    rows = (
        Row(
            key="rate",
            title="10,000 yields of growing text: delivered",
            unit="yields/s",
            better="more",
            ratio=100,
        ),
        Row(key="bytes", title="10,000 yields of growing text: on the wire", unit="kB", ratio=10),
        Row(key="cpu", title="10,000 yields of growing text: processor time", unit="s"),
    )

    async def measure(self, tool: Tool) -> Figures:
        """Run once for warmth and once for the figures."""
        async with open_session(tool, "growing") as session:
            await session.run({"steps": WARM_STEPS})
            before_s = session.server.cpu_s()
            begun = await session.run({"steps": STEPS})
            used_s = session.server.cpu_s() - before_s
            steps = tool.steps(begun.feed)
        if fold(steps) != "".join(f"~{index:05} " for index in range(STEPS)):
            raise RuntimeError(f"{tool.name} delivered another text than was yielded")
        took_s = (steps[-1].at_ns - begun.sent_ns) / 1e9
        return {
            "rate": STEPS / took_s,
            "bytes": (begun.feed.wire_bytes + begun.other_bytes) / 1000,
            "cpu": used_s,
        }


def fold(steps: list[Step]) -> str:
    """Return the text after all steps."""
    parts: list[str] = []
    for step in steps:
        if step.op == "set":
            parts.clear()
        parts.append(step.text)
    return "".join(parts)
