"""Encode journaled events for each transport by joining bytes: no JSON is parsed or encoded again.

    Entry(seq=7, type="append", body=b'"output":"text","text":"lo"}')

    one run's feed     id: 7 / event: append / data: {"type":"append","seq":7,"output":"text","text":"lo"}
    WebSocket frame    [{"run":"…","seq":7,"type":"append","output":"text","text":"lo"}, …]
    multiplexed feed   id: CURSOR / event: append / data: {"run":"…","seq":7,"type":"append",…}

Events made in this process (`queued`, `failed`, …) become records here, and records become events again where
a fold needs their fields.
"""

from collections.abc import Iterable, Iterator
from typing import get_args

from msgspec import json

from gradstream.events.types import AnyEvent, Entry, Event, Record

PIECE_BYTES = 2**18
"""Of a body that is written slice by slice."""

_SEPARATORS = tuple((sign.encode(), b"\\u%04x" % ord(sign)) for sign in "\x85\u2028\u2029")
"""What Unicode has as ends of lines beside those that JSON escapes anyway, and how JSON can write them."""

_encoder = json.Encoder()
_decoder = json.Decoder(AnyEvent)


def _heads() -> dict[type[Event], tuple[str, int]]:
    """Return each event's tag, and the length of `{"type":"tag",` before its other fields."""
    tags = {kind: str(kind.__struct_config__.tag) for kind in get_args(AnyEvent)}
    return {kind: (tag, len(f'{{"type":"{tag}",')) for kind, tag in tags.items()}


_HEADS = _heads()


def record(event: Event) -> Record:
    """Encode an event made in this process."""
    tag, head = _HEADS[type(event)]
    fields = _encoder.encode(event)[head:]
    body = fields if fields != b"" else b"}"
    return Record(tag, getattr(event, "output", None), body, getattr(event, "more", False))


def with_more(record: Record) -> Record:
    """Return the same event as one whose step goes on."""
    # `more` is the last field of the events that have it.
    return Record(record.type, record.output, record.body[:-1] + b',"more":true}', True)  # noqa: FBT003 (as tuple)


def event(entry: Entry | Record) -> AnyEvent:
    """Decode an entry or a record."""
    head = entry.head if isinstance(entry, Entry) else b""
    decoded: AnyEvent = _decoder.decode(_start(f'"type":"{entry.type}"', head, entry.body) + entry.body)
    return decoded


def sse(entry: Entry) -> bytes:
    """Return an entry as an event of one run's feed; its data has the number and the type as well."""
    body = entry.body
    if not entry.head and body.isascii() and len(body) > 1:
        # Nearly all, and once for each reader of each: in one step.
        seq, type_ = entry.seq, entry.type
        return f'id: {seq}\nevent: {type_}\ndata: {{"type":"{type_}","seq":{seq},'.encode() + body + b"\n\n"
    return _sse_start(entry) + _one_line(entry.body) + b"\n\n"


def sse_pieces(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield entries as events, joined; of a large one the body is yielded slice by slice, as in `pieces`."""
    small: list[bytes] = []
    for entry in entries:
        if len(entry.body) <= PIECE_BYTES:
            small.append(sse(entry))
        else:
            yield from pieces((*small, _sse_start(entry), entry.body, b"\n\n"))
            small.clear()
    if small:
        yield b"".join(small)


def message(run: str, entry: Entry) -> bytes:
    """Return an entry as an object that names its run: one item of a WebSocket frame."""
    return message_head(run, entry) + entry.body


def message_head(run: str, entry: Entry) -> bytes:
    """Return what comes before the body in such an object."""
    return _start(f'"run":"{run}","seq":{entry.seq},"type":"{entry.type}"', entry.head, entry.body)


def pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield parts joined, and large ones slice by slice: a slow reader keeps one slice, and not a copy.

    A slice is whole UTF-8, and has no separators at which a line of a feed could end.
    """
    small: list[bytes] = []
    for part in parts:
        if len(part) <= PIECE_BYTES:
            small.append(_one_line(part))
            continue
        if small:
            yield b"".join(small)
            small.clear()
        start = 0
        while start < len(part):
            end = _character_start(part, start + PIECE_BYTES)
            yield _one_line(part[start:end])
            start = end
    if small:
        yield b"".join(small)


def frame(messages: Iterable[bytes]) -> bytes:
    """Return a WebSocket frame of these messages."""
    return b"[%s]" % b",".join(messages)


def frame_parts(messages: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Yield a frame of messages, each in two parts, in parts."""
    before = b"["
    for head, body in messages:
        yield from (before, head, body)
        before = b","
    yield b"]"


def sse_lines(*, cursor: str, type_: str, head: bytes, body: bytes) -> tuple[bytes, bytes, bytes]:
    """Return one event of the multiplexed feed in parts, for `pieces`.

    `cursor` is the position after it, in all runs.
    """
    return b"id: %s\nevent: %s\ndata: %s" % (cursor.encode(), type_.encode(), head), body, b"\n\n"


def _character_start(text: bytes, index: int) -> int:
    """Return the greatest index up to this one at which a character of UTF-8 starts, or the end."""
    for start in range(index, index - 4, -1):
        if start >= len(text) or text[start] & 0xC0 != 0x80:
            return min(start, len(text))
    return index


def _one_line(body: bytes) -> bytes:
    """Return a body without the separators at which readers of feeds, other than browsers, end a line."""
    if body.isascii():
        return body
    for separator, escaped in _SEPARATORS:
        body = body.replace(separator, escaped)
    return body


def _sse_start(entry: Entry) -> bytes:
    seq, type_ = entry.seq, entry.type
    before = f"id: {seq}\nevent: {type_}\ndata: "
    return _start(f'"type":"{type_}","seq":{seq}', entry.head, entry.body, before=before)


def _start(fields: str, head: bytes, body: bytes, *, before: str = "") -> bytes:
    """Return an object up to its body, which ends it, after what comes before the object."""
    comma = "" if body == b"}" else ","
    if not head:
        # As one text, which costs half of joining bytes.
        return f"{before}{{{fields}{comma}".encode()
    return b"%s{%s,%s%s" % (before.encode(), fields.encode(), head, comma.encode())
