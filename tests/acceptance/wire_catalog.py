"""The catalog on which the wire is tested: one generator an idea, held back by gates that a test opens.

A gate is a file: a generator that waits for it goes on when a test has made it, so no test guesses at times.
"""

from pathlib import Path

GENERATORS = '''
import asyncio
import os
import random
import time
from pathlib import Path

from gradstream import UserError, log, progress


def _wait(gate):
    while gate and not Path(gate).exists():
        time.sleep(0.002)


def count(limit, gate):
    for number in range(1, limit + 1):
        if number == 2:
            _wait(gate)
        yield number


def nothing():
    yield "nothing"


def same(times):
    for _ in range(times):
        yield "same"


def letters(text, gate):
    for end in range(1, len(text) + 1):
        if end == 2:
            _wait(gate)
        yield text[:end]


async def words(text, gate):
    for word in text.split(" "):
        yield word + " "
        await asyncio.sleep(0)
    while gate and not Path(gate).exists():
        await asyncio.sleep(0.002)


def survey(rows):
    progress(0.5, "half")
    log("a line")
    for row in range(rows):
        yield [[f"place {row}", row]]


def reply(message, history):
    answer = f"{len(history)}:"
    for word in message.split(" "):
        answer += f" {word}"
        yield answer


def polite(mark):
    """Can be stopped at any step, and tells by a file that it was."""
    try:
        while True:
            yield "at work"
            time.sleep(0.002)
    finally:
        Path(mark).write_text("closed")


async def patient(mark):
    try:
        yield "at work"
        await asyncio.sleep(3600)
    finally:
        Path(mark).write_text("closed")


def stubborn(gate):
    """Cannot be stopped between its yields, however soon after the first."""
    try:
        yield {"text": "begun", "process": os.getpid()}
    finally:
        _wait(gate)
    yield {"text": "ended"}


def process(gate):
    yield os.getpid()
    _wait(gate)
    yield 0


def fails(fault):
    yield "so far"
    if fault == "developer":
        raise ValueError("not this one")
    if fault == "visitor":
        raise UserError("Choose another one.")
    os._exit(3)


def torrent(megabytes, gate):
    for number in range(megabytes):
        if number == 1:
            _wait(gate)
        # Nothing that a compressed feed makes small.
        yield {"line": random.randbytes(500_000).hex(), "number": number}
    yield {"line": "last"}


def gather(amount, total):
    yield {"shown": f"{total + amount}", "total": total + amount}


def pairs(limit, gate):
    import numpy

    for number in range(1, limit + 1):
        if number == 2:
            _wait(gate)
        pixels = numpy.full((4, 6, 3), number % 250, dtype=numpy.uint8)
        yield number, f"step {number}", pixels, [[number]], f"{number},"


def measure(picture):
    yield "none" if picture is None else f"{picture.shape[1]} by {picture.shape[0]}"


def draw(frames, gate):
    import numpy

    for number in range(frames):
        if number == 1:
            _wait(gate)
        yield numpy.full((4, 6, 3), 10 * number, dtype=numpy.uint8)
'''

GATE = "  gate: text\n"


def demo(title: str, *lines: str) -> str:
    """Return a demo's YAML: its head and these blocks."""
    return "\n".join(["gradstream: 1", f"title: {title}", *(line.rstrip("\n") for line in lines), ""])


def number_input(name: str, default: int) -> str:
    """Return an input for a whole number."""
    return f"  {name}:\n    type: number\n    default: {default}\n    integer: true\n"


FILES = {
    "generators.py": GENERATORS,
    # Many tests share the server, and each may keep a process of its demo.
    "gradstream.yaml": "gradstream: 1\ntitle: Wire\nlimits: {workers: 60}\n",
    "demos/count.yaml": demo(
        "Count",
        "generator: generators.count",
        "inputs:",
        number_input("limit", 3),
        GATE,
        "outputs:",
        "  number: number",
    ),
    "demos/pairs.yaml": demo(
        "Pairs",
        "generator: generators.pairs",
        "inputs:",
        number_input("limit", 3),
        GATE,
        "outputs:",
        "  number: number",
        "  words: text",
        "  image: image",
        "  rows: table",
        "  log: {type: text, updates: append}",
    ),
    "demos/same.yaml": demo(
        "Same", "generator: generators.same", "inputs:", number_input("times", 4), "outputs:", "  word: text"
    ),
    "demos/letters.yaml": demo(
        "Letters",
        "generator: generators.letters",
        "inputs:",
        "  text: {type: text, default: abc}",
        GATE,
        "outputs:",
        "  text: text",
    ),
    "demos/words.yaml": demo(
        "Words",
        "generator: generators.words",
        "inputs:",
        "  text: text",
        GATE,
        "outputs:",
        "  said: {type: text, updates: append}",
    ),
    "demos/survey.yaml": demo(
        "Survey",
        "generator: generators.survey",
        "inputs:",
        number_input("rows", 2),
        "outputs:",
        "  found: {type: table, updates: append, columns: [place, degrees]}",
    ),
    "demos/chat.yaml": demo(
        "Chat", "generator: generators.reply", "inputs:", "  message: text", "outputs:", "  chat: chat"
    ),
    "demos/polite.yaml": demo(
        "Polite", "generator: generators.polite", "inputs:", "  mark: text", "outputs:", "  text: text"
    ),
    "demos/patient.yaml": demo(
        "Patient", "generator: generators.patient", "inputs:", "  mark: text", "outputs:", "  text: text"
    ),
    "demos/leaving.yaml": demo(
        "Leaving",
        "generator: generators.polite",
        "on_disconnect: stop",
        "inputs:",
        "  mark: text",
        "outputs:",
        "  text: text",
    ),
    "demos/lonely.yaml": demo(
        "Lonely",
        "generator: generators.polite",
        "on_disconnect: 50ms",
        "inputs:",
        "  mark: text",
        "outputs:",
        "  text: text",
    ),
    "demos/kept.yaml": demo(
        "Kept",
        "generator: generators.count",
        "on_disconnect: keep",
        "inputs:",
        number_input("limit", 3),
        GATE,
        "outputs:",
        "  number: number",
    ),
    "demos/stubborn.yaml": demo(
        "Stubborn",
        "generator: generators.stubborn",
        "limits:",
        "  grace: 50ms",
        "inputs:",
        GATE,
        "outputs:",
        "  text: text",
        "  process: number",
    ),
    "demos/slow.yaml": demo(
        "Slow",
        "generator: generators.stubborn",
        "limits:",
        "  timeout: 50ms",
        "inputs:",
        GATE,
        "outputs:",
        "  text: text",
        "  process: number",
    ),
    "demos/one.yaml": demo(
        "One at a time",
        "generator: generators.count",
        "limits:",
        "  concurrency: 1",
        "  queue: 2",
        "inputs:",
        number_input("limit", 2),
        GATE,
        "outputs:",
        "  number: number",
    ),
    "demos/process.yaml": demo(
        "Process", "generator: generators.process", "inputs:", GATE, "outputs:", "  number: number"
    ),
    "demos/fails.yaml": demo(
        "Fails",
        "generator: generators.fails",
        "inputs:",
        "  fault:",
        "    type: radio",
        "    choices: [developer, visitor, worker]",
        "    default: developer",
        "outputs:",
        "  text: text",
    ),
    "demos/torrent.yaml": demo(
        "Torrent",
        "generator: generators.torrent",
        "inputs:",
        number_input("megabytes", 3),
        GATE,
        "outputs:",
        "  line: json",
        "  number: number",
    ),
    "demos/gather.yaml": demo(
        "Gather",
        "generator: generators.gather",
        "inputs:",
        number_input("amount", 1),
        "outputs:",
        "  shown: text",
        "state:",
        "  total: 0",
    ),
    "demos/measure.yaml": demo(
        "Measure",
        "generator: generators.measure",
        "inputs:",
        "  picture: image",
        "outputs:",
        "  size: text",
    ),
    "demos/draw.yaml": demo(
        "Draw",
        "generator: generators.draw",
        "inputs:",
        number_input("frames", 3),
        GATE,
        "outputs:",
        "  image: image",
    ),
    "demos/broken.yaml": demo("Broken", "generator: generators.count", "outputs:", "  number: nmuber"),
    "demos/draft.yaml": demo(
        "Draft", "draft: true", "generator: generators.nothing", "outputs:", "  word: text"
    ),
    "demos/unimportable.yaml": demo(
        "Unimportable", "generator: missing_library_user.run", "outputs:", "  text: text"
    ),
    "missing_library_user.py": "import a_library_that_is_not_there\n\n\ndef run():\n    yield 'never'\n",
}


def open_gate(gate: Path) -> None:
    """Let the generators go on that wait for this file."""
    gate.write_text("open")
