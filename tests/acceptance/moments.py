"""A module of demos: values of every form that can be modified, and a generator that modifies them."""

import collections
import io
import wave
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from gradstream import Message

HERE = Path(__file__).parent

NUMBERS = (40, 80)
"""A value is made of each of these and yielded."""

AFTERWARDS = 120
"""What the last value yielded is turned into."""


class Words(list[Any]):
    """Shown as text."""

    def __str__(self) -> str:
        return " ".join(map(str, self))


def picture(number: int) -> Any:
    """Return levels."""
    return np.full((16, 16, 3), number, np.uint8)


def drawn(number: int) -> Figure:
    """Return a figure with a line."""
    figure = Figure(figsize=(1, 1))
    axes = figure.subplots()
    axes.plot([0, number])
    axes.set_ylim(0, 200)
    return figure


def picture_file(number: int, kind: str) -> bytes:
    """Return the file of a picture."""
    target = io.BytesIO()
    Image.fromarray(picture(number)).save(target, kind)
    return target.getvalue()


def sound_file(number: int) -> bytes:
    """Return half a second of wav."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.full(4000, number * 100, "<i2").tobytes())
    return target.getvalue()


def clip_file(number: int) -> bytes:
    """Return a clip, which the test has written."""
    return (HERE / f"clip{number}.mp4").read_bytes()


MAKE: Mapping[str, Callable[[int], Any]] = {
    "words": lambda n: Words(["word", n]),
    "nested": lambda n: [n, {"a": [n, [n]]}, ("t", [n])],
    "mapping": lambda n: {"a": n, "b": {"c": [n]}},
    "queue": lambda n: collections.deque([n, [n]]),
    "matrix": lambda n: np.full((2, 2), n),
    "scalar": np.array,
    "by_label": lambda n: {"a": n, "b": n / 2},
    "pairs": lambda n: [["a", n], {"label": "b", "score": n / 2}],
    "figures": lambda n: [n, n / 2],
    "bars": lambda n: {"a": [n, 200], "b": {"index": n}},
    "lines": lambda n: [f"line {n}", {"text": n, "time": n}],
    "parts": lambda n: [[str(n), "a"], {"text": "b", "label": str(n)}],
    "captioned": lambda n: [[picture(n), "a"], {"image": picture(n + 1), "caption": str(n)}],
    "compared": lambda n: [picture(n), picture(n + 1)],
    "areas": lambda n: [picture(n), [[[0, 0, 4, n / 16], str(n)], {"mask": picture(n)[:, :, 0]}]],
    "files": lambda n: [("a", bytearray(picture_file(n, "BMP"))), {"name": "b", "data": str(n)}],
    "rows": lambda n: [[n, "x"], [n, [n]]],
    "records": lambda n: [{"x": n, "y": [n]}],
    "columns": lambda n: {"columns": ["x", "y"], "rows": [[n, [n]]]},
    "points": lambda n: [[n, n / 2], [n + 1, n]],
    "point": lambda n: {"x": n, "y": n / 2},
    "heights": lambda n: [n, n / 2],
    "height_columns": lambda n: {"x": np.array([n, n + 1]), "y": [n, n / 2]},
    "drawn": drawn,
    "levels": picture,
    "floats": lambda n: picture(n) / 255,
    "pillow": lambda n: Image.fromarray(picture(n)),
    "png": lambda n: bytearray(picture_file(n, "PNG")),
    "bitmap_view": lambda n: memoryview(bytearray(picture_file(n, "BMP"))),
    "messages": lambda n: [{"role": "user", "content": str(n)}, {"content": "b", "metadata": {"log": [n]}}],
    "objects": lambda n: [Message(picture(n), metadata={"title": "t", "log": [n]})],
    "shown": lambda n: [{"content": bytearray(picture_file(n, "BMP"))}],
    "samples": lambda n: (8000, np.full(4000, n / 1000, np.float32)),
    "numbers": lambda n: [8000, [n / 1000] * 4000],
    "wav": lambda n: bytearray(sound_file(n)),
    "wav_view": lambda n: memoryview(bytearray(sound_file(n))),
    "wav_stream": lambda n: io.BytesIO(sound_file(n)),
    "pictures": lambda n: [picture(n), picture(n + 1)],
    "volume": lambda n: np.stack([picture(n), picture(n + 1)]),
    "pillows": lambda n: [Image.fromarray(picture(n)), Image.fromarray(picture(n + 1))],
    "clip": lambda n: bytearray(clip_file(n)),
    "mesh": lambda n: bytearray(f"v 0 0 0\nv {n} 0 0\nv 0 {n} 0\nf 1 2 3\n".encode()),
    "clip_stream": lambda n: io.BytesIO(clip_file(n)),
}
"""Forms in memory."""

MAKE_FILE: Mapping[str, Callable[[int], bytes]] = {
    "picture_path": lambda n: picture_file(n, "PNG"),
    "wav_path": sound_file,
    "clip_path": clip_file,
}
"""Forms that are paths of files."""


def refill(value: Any, other: Any) -> Any:
    """Make a value equal to another one, in place at every depth, and return it."""
    match value:
        case dict():
            for key in value:
                value[key] = refill(value[key], other[key])
        case list() | collections.deque():
            for index in range(len(value)):
                value[index] = refill(value[index], other[index])
        case tuple():
            for one, its in zip(value, other, strict=True):
                refill(one, its)
        case Message():
            refill(value.content, other.content)
            refill(value.metadata, other.metadata)
        case _:
            return refill_memory(value, other)
    return value


def refill_memory(value: Any, other: Any) -> Any:
    """Do the same for what holds no other values; of what cannot be modified, return the other one."""
    match value:
        case Figure():
            value.axes[0].lines[0].set_ydata(other.axes[0].lines[0].get_ydata())
        case Image.Image():
            value.paste(other)
        case np.ndarray():
            value[...] = other
        case bytearray() | memoryview():
            value[:] = other
        case io.BytesIO():
            value.seek(0)
            value.truncate()
            value.write(other.getvalue())
        case _:
            return other
    return value


def fresh(name: str, form: str) -> Iterator[Any]:
    """Yield values that nobody modifies."""
    for number in NUMBERS:
        if form in MAKE_FILE:
            path = HERE / f"{name}.{number}"
            path.write_bytes(MAKE_FILE[form](number))
            yield path
        else:
            yield MAKE[form](number)


def reused(name: str, form: str) -> Iterator[Any]:
    """Yield the same values as one object, which is modified after each yield."""
    if form in MAKE_FILE:
        path = HERE / f"{name}.file"
        for number in NUMBERS:
            path.write_bytes(MAKE_FILE[form](number))
            yield path
        path.write_bytes(MAKE_FILE[form](AFTERWARDS))
        return
    value = MAKE[form](NUMBERS[0])
    yield value
    yield refill(value, MAKE[form](NUMBERS[1]))
    refill(value, MAKE[form](AFTERWARDS))


def steps(forms: Mapping[str, str], *, is_reused: bool) -> Iterator[dict[str, Any]]:
    """Yield the values of each output in turn, and of the state."""
    give = reused if is_reused else fresh
    for name, form in {**forms, "kept": "nested"}.items():
        for value in give(name, form):
            yield {name: value}
