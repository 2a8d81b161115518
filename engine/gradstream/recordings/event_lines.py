"""The events of a recording as lines of JSON, and back.

    {"at_ms":0,"seq":1,"type":"running"}
    {"at_ms":12,"seq":2,"type":"set","output":"text","value":"Hi"}

What was trimmed is the first line, a snapshot with what snapshots on the wire leave out:

    {"at_ms":7,"seq":90,"type":"snapshot","facts":{…},"skipped":90,"outputs":{…}}
"""

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Raw, Struct, json

from gradstream.events import codec
from gradstream.events.fold import Fold
from gradstream.events.journal import Recorded
from gradstream.events.types import TERMINAL, Entry
from gradstream.recordings.types import UnusableRecordingError

_HEAD = re.compile(rb'\{"at_ms":(\d{1,15}),"seq":(\d{1,15}),"type":"([a-z]{1,20})"(?:,|(?=\}))')
_TAKEN = frozenset({"at_ms", "seq", "type", "run"})
"""Fields that are before the body, which must not have them again: readers differ in which one they take."""

_names = json.Decoder(dict[str, Raw])


class _Facts(Struct):
    facts: Raw


_facts = json.Decoder(_Facts)


def write_lines(recorded: Recorded) -> Iterator[bytes]:
    """Yield the lines of a journal."""
    base = recorded.base
    if base is not None:
        body = b'"facts":%s,"skipped":%d,%s' % (base.facts(), base.seq, base.snapshot_body())
        yield _line(Entry(base.seq, "snapshot", None, body, recorded.base_at_ms))
    for entry in recorded.entries:
        yield _line(entry)


def read_lines(lines: Iterable[bytes]) -> Recorded:
    """Return what the lines record: events that follow each other up to the run's end, and can be folded.

    Raises UnusableRecordingError.
    """
    base: Fold | None = None
    base_at_ms = at_ms = seq = 0
    entries: list[Entry] = []
    folding = Fold()
    for number, line in enumerate(lines, 1):
        if entries and entries[-1].type in TERMINAL:
            raise UnusableRecordingError("its events go on after the end of the run")
        try:
            entry = _read(line)
            is_base = number == 1 and entry.type == "snapshot"
            is_next = entry.seq == seq + 1 and entry.type != "snapshot"
            if entry.at_ms < at_ms or not (is_base or is_next):
                raise UnusableRecordingError(f"line {number} of its events does not follow the one before")
            if is_base:
                base = Fold.of_snapshot(entry, bytes(_facts.decode(b"{" + entry.body).facts))
                base_at_ms, folding = entry.at_ms, base.copy()
            else:
                folding.apply(entry)
                entries.append(entry)
        except (msgspec.DecodeError, UnicodeError, ValueError, RecursionError) as error:
            raise UnusableRecordingError(f"line {number} of its events cannot be read: {error}") from error
        at_ms, seq = entry.at_ms, entry.seq
    if not entries or entries[-1].type not in TERMINAL:
        raise UnusableRecordingError("its events have no end")
    return Recorded(base=base, base_at_ms=base_at_ms, entries=tuple(entries))


def _line(entry: Entry) -> bytes:
    comma = b"" if entry.body == b"}" else b","
    return b'{"at_ms":%d,"seq":%d,"type":"%s"%s%s\n' % (
        entry.at_ms,
        entry.seq,
        entry.type.encode(),
        comma,
        entry.body,
    )


def _read(line: bytes) -> Entry:
    head = _HEAD.match(line)
    if head is None:
        raise ValueError("it does not begin with at_ms, seq and type")
    at_ms, seq, type_ = int(head[1]), int(head[2]), head[3].decode()
    body = line[head.end() :].rstrip(b"\n")
    if not _TAKEN.isdisjoint(_names.decode(b"{" + body)):
        raise ValueError("a field is there twice")
    bare = Entry(seq, type_, None, body, at_ms)
    event = codec.event(bare)
    return Entry(seq, type_, getattr(event, "output", None), body, at_ms, getattr(event, "more", False))
