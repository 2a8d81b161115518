"""The catalog of the soak test: demos whose values are known beforehand."""

from pathlib import Path

WORDS = 40
"""Yields of a run; each value says which one it is."""

DEMOS = ("text", "numbers", "rows")

CODE = """\
import time

def text():
    for number in range({words}):
        yield f"{{number}} "
        time.sleep(0.005)

def numbers():
    for number in range({words}):
        yield number
        time.sleep(0.005)

async def rows():
    import asyncio
    found = []
    for number in range({words}):
        found = [*found, [number, number * number]]
        yield found
        await asyncio.sleep(0.005)
"""

FILES = {
    "gradstream.yaml": "gradstream: 1\ntitle: Soak\nlimits:\n  finished_runs: 200\n  workers: 4\n",
    "demos/soaked.py": CODE.format(words=WORDS),
    "demos/text.yaml": "gradstream: 1\ntitle: Text\ngenerator: soaked.text\noutputs:\n"
    "  out: {type: text, updates: append}\n",
    "demos/numbers.yaml": "gradstream: 1\ntitle: Numbers\ngenerator: soaked.numbers\noutputs:\n"
    "  out: number\n",
    "demos/rows.yaml": "gradstream: 1\ntitle: Rows\ngenerator: soaked.rows\noutputs:\n  out: json\n",
}

COMPLETE = {
    "text": "".join(f"{number} " for number in range(WORDS)),
    "numbers": WORDS - 1,
    "rows": [[number, number * number] for number in range(WORDS)],
}
"""What each demo shows after a run that has succeeded."""

BROKEN = "gradstream: 1\ntitle: [\n"


def write(folder: Path) -> None:
    """Write the catalog below a folder."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
