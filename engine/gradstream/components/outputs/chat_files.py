"""Files in the messages of a chat: pictures, sound and video as their own kinds have them, others to save.

path, name --by the name's type--> picture | clip | file, each with its name
(rate, array) | bytes of sound or video --> clip
"""

import mimetypes
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from gradstream.components.outputs.audio import AudioOutput
from gradstream.components.outputs.file import MIME, clean_file_name
from gradstream.components.outputs.image import PICTURE, keep_exactly
from gradstream.components.outputs.media import CLIP, MediaOutput
from gradstream.components.outputs.path_content import read_path
from gradstream.components.outputs.video import VideoOutput
from gradstream.components.types import JsonSchema, Store, UnusableYieldError
from gradstream.format.types import Output
from gradstream.format.values import Plain
from gradstream.signatures import find_signature

NAME: JsonSchema = {"name": {"type": "string"}}

FILE: JsonSchema = {
    "type": "object",
    "properties": {
        "blob": {"type": "string"},
        "mime": {"type": "string"},
        "size": {"type": "integer", "minimum": 0},
        **NAME,
    },
    "required": ["blob", "mime", "size", "name"],
    "additionalProperties": False,
}
"""A file to save, as a message refers to it."""

NAMED_PICTURE: JsonSchema = {**PICTURE, "properties": {**PICTURE["properties"], **NAME}}
"""A picture; that of a file has its name."""

NAMED_CLIP: JsonSchema = {**CLIP, "properties": {**CLIP["properties"], **NAME}}
"""Sound or video; that of a file has its name."""

PART = Output(name="content", kind="", label="")
"""What stands for the output where one of its kinds encodes a part of a message: no key of it is written."""

SOUND, VIDEO = AudioOutput(), VideoOutput()
PLAYERS: Mapping[str, tuple[MediaOutput, ...]] = {"audio": (SOUND,), "video": (VIDEO, SOUND)}
"""The kinds that play a file of this medium; the container of a video may have sound alone."""


def is_sound(value: Any) -> bool:
    """Return whether this is (rate, array)."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and hasattr(value[1], "__array__")
        and (isinstance(value[0], int) or hasattr(value[0], "__index__"))
    )


def is_clip(value: Any) -> bool:
    """Return whether these are bytes of a file of sound or video."""
    return isinstance(value, bytes | bytearray | memoryview) and bool(_players(bytes(value[:4096])))


def keep_sound(given: Any, store: Store) -> Plain:
    """Return what refers to (rate, array) as a clip, which is encoded once. Raises UnusableYieldError."""
    import numpy as np  # noqa: PLC0415 (heavy: the server never has a sound)

    rate, samples = given
    array = np.asarray(samples)
    about = f"{rate} {array.shape} {array.dtype}".encode()
    return store.once(_digest(array.tobytes(), about), lambda: _clip((SOUND,), given, store))


def keep_clip(given: Any, store: Store) -> Plain:
    """Return what refers to the bytes of sound or video, read once. Raises UnusableYieldError."""
    data = bytes(given)
    return store.once(_digest(data, b"clip"), lambda: _clip(_players(data), data, store))


def keep_file(path: Path, name: str, store: Store) -> Plain:
    """Return what refers to a file, which is read again when it has changed. Raises UnusableYieldError.

    What cannot be shown as the picture, sound or video that its name says can still be saved.
    """
    try:
        facts = path.stat()
        key = f"{path}\0{name}\0{facts.st_mtime_ns}\0{facts.st_size}".encode()
        return store.once(key, lambda: _read(path, name, store))
    except (OSError, ValueError) as error:
        raise UnusableYieldError(f"the file {clean_file_name(name)} cannot be read") from error


def _read(path: Path, name: str, store: Store) -> Plain:
    medium = (mimetypes.guess_type(name)[0] or MIME).partition("/")[0]
    named = {"name": clean_file_name(name)}
    try:
        if medium == "image":
            return {**keep_exactly(path, store), **named}
        if medium in PLAYERS:
            return {**_clip(PLAYERS[medium], path, store), **named}
    except UnusableYieldError as error:
        store.warn(f"the file {named['name']} in a message can only be saved: {error}")
    data = read_path(path, most_bytes=store.limits.value_bytes)
    return {"blob": store.put(data, MIME), "mime": MIME, "size": len(data), **named}


def _clip(players: tuple[MediaOutput, ...], given: Any, store: Store) -> Plain:
    *others, last = players
    for player in others:
        try:
            return _play(player, given, store)
        except UnusableYieldError:
            # A container of video that has sound alone: the next one plays it, or says what is wrong.
            continue
    return _play(last, given, store)


def _play(player: MediaOutput, given: Any, store: Store) -> Plain:
    snapshot = player.snapshots(PART, store.warn)(given)
    clip = player.compress(snapshot, PART, store, exact=True, warn=store.warn)
    if clip is None:
        raise UnusableYieldError("a sound without samples cannot be played")
    return clip


def _players(data: bytes) -> tuple[MediaOutput, ...]:
    signature = find_signature(data)
    mime = "" if signature is None else signature.mime or ""
    return PLAYERS.get(mime.partition("/")[0], ())


def _digest(data: bytes, about: bytes) -> bytes:
    return blake2b(data, digest_size=20, key=blake2b(about, digest_size=32).digest()).digest()
