"""Encode journaled events for each transport by joining bytes: no JSON is parsed or encoded again.

    Entry(seq=7, type="append", body=b'"output":"text","text":"lo"}')

    one run's feed     id: 7 / event: append / data: {"type":"append","seq":7,"output":"text","text":"lo"}
    WebSocket frame    [{"run":"…","seq":7,"type":"append","output":"text","text":"lo"}, …]
    multiplexed feed   id: CURSOR / event: append / data: {"run":"…","seq":7,"type":"append",…}

Events made in this process (`queued`, `failed`, …) become records here, and records become events again where
a fold needs their fields.
"""

from collections.abc import Iterable
from typing import get_args

from msgspec import json

from gradstream.events.types import AnyEvent, Entry, Event, Record

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
    decoded: AnyEvent = _decoder.decode(_object(f'"type":"{entry.type}"', entry.body))
    return decoded


def sse(entry: Entry) -> bytes:
    """Return an entry as an event of one run's feed; its data has the number and the type as well."""
    data = _object(f'"type":"{entry.type}","seq":{entry.seq}', entry.body)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (entry.seq, entry.type.encode(), data)


def message(run: str, entry: Entry) -> bytes:
    """Return an entry as an object that names its run: one item of a WebSocket frame."""
    return _object(f'"run":"{run}","seq":{entry.seq},"type":"{entry.type}"', entry.body)


def frame(messages: Iterable[bytes]) -> bytes:
    """Return a WebSocket frame of these messages."""
    return b"[%s]" % b",".join(messages)


def sse_lines(*, cursor: str, type_: str, data: bytes) -> bytes:
    """Return one event of the multiplexed feed; `cursor` is the position after it, in all runs."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (cursor.encode(), type_.encode(), data)


def _object(head: str, body: bytes) -> bytes:
    comma = b"" if body == b"}" else b","
    return b"{%s%s%s" % (head.encode(), comma, body)
