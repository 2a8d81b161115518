"""Events become the very bytes that clients are promised."""

import json

import pytest
from msgspec.structs import replace

from gradstream.events import codec
from gradstream.events.types import Append, Entry, Event, Failed, Patch, Running, Set
from tests.unit.events.wire_cases import Case, all_cases, entries


@pytest.mark.parametrize("case", all_cases())
def test_golden_feed(case: Case) -> None:
    """A run's own feed has the golden bytes."""
    assert b"".join(codec.sse(entry) for entry in entries(case)).decode() == case["sse"]


@pytest.mark.parametrize("case", all_cases())
def test_golden_frame(case: Case) -> None:
    """A WebSocket frame has the golden bytes."""
    frame = codec.frame(codec.message(case["run"], entry) for entry in entries(case))
    assert frame.decode() == case["frame"]


@pytest.mark.parametrize("case", all_cases())
def test_events_and_records_are_one(case: Case) -> None:
    """An event that is decoded and encoded again says the same."""
    for entry in entries(case):
        again = codec.record(codec.event(entry))
        assert (again.type, again.output) == (entry.type, entry.output)
        assert json.loads(b"{" + again.body) == json.loads(b"{" + entry.body)


@pytest.mark.parametrize(
    ("event", "body"),
    [
        (Running(), b"}"),
        (Append(output="text", text='a\n"b"'), b'"output":"text","text":"a\\n\\"b\\""}'),
        (Set(output="n", value=None), b'"output":"n","value":null}'),
        (
            Failed(duration_s=1.0, fault="limit", message="no"),
            b'"duration_s":1.0,"fault":"limit","message":"no"}',
        ),
    ],
)
def test_a_body_is_the_other_fields(event: Event, body: bytes) -> None:
    """A record's body is the event's JSON without its type and without the opening brace."""
    assert codec.record(event).body == body


@pytest.mark.parametrize(
    "event",
    [
        Append(output="text", text='"more":true'),
        Set(output="n", value={"more": True}, final=True),
        Set(output="n", value=None),
        Patch(output="n", edits=[("set", ["more"], True)]),
    ],
)
def test_a_record_whose_step_goes_on_is_that_of_the_event(event: Set | Append | Patch) -> None:
    """To mark a record is to encode the event with `more`; without it, the field is absent."""
    plain = codec.record(event)
    assert not plain.more
    assert "more" not in json.loads(b"{" + plain.body)
    assert codec.with_more(plain) == codec.record(replace(event, more=True))
    assert codec.with_more(plain).more


def test_the_multiplexed_feed_says_where_to_go_on() -> None:
    """An event of the multiplexed feed has the cursor as its id and the whole message as its data."""
    message = codec.message("r1", Entry(1, "running", None, b"}"))
    lines = codec.sse_lines(cursor="r1:1,catalog:3", type_="running", head=message, body=b"")
    assert (
        b"".join(lines)
        == b'id: r1:1,catalog:3\nevent: running\ndata: {"run":"r1","seq":1,"type":"running"}\n\n'
    )


def test_an_event_of_a_feed_is_one_line_for_every_reader() -> None:
    """Readers that end lines where Unicode does see whole events too, and the text is the same."""
    text = "".join(map(chr, range(0x21))) + "\x7f\x85\u2028\u2029\u00e4\U0001f600"
    record = codec.record(Set(output="out", value=text))
    entry = Entry(seq=1, type=record.type, output=record.output, body=record.body)
    multiplexed = codec.sse_lines(
        cursor="c", type_="set", head=codec.message_head("r", entry), body=entry.body
    )
    for event in (codec.sse(entry), b"".join(codec.pieces(multiplexed))):
        _, _, data, *rest = event.decode().splitlines()
        assert json.loads(data.removeprefix("data: "))["value"] == text
        assert not any(rest)


def test_no_transport_sends_the_time_of_an_entry() -> None:
    """Two entries that differ in their time alone have the same bytes on every transport."""
    early, late = (Entry(1, "append", "text", b'"output":"text","text":"a"}', at_ms) for at_ms in (0, 5000))
    assert codec.sse(early) == codec.sse(late)
    assert codec.message("r1", early) == codec.message("r1", late)
    assert codec.event(early) == codec.event(late)


def test_pieces() -> None:
    """Small parts are joined and large ones sliced, without a byte lost."""
    large = bytes(range(256)) * 4096
    parts = [b"a", b"b", large, b"c", large, large]
    pieces = list(codec.pieces(parts))
    assert b"".join(pieces) == b"".join(parts)
    assert pieces[0] == b"ab"
    assert max(map(len, pieces)) == codec.PIECE_BYTES


def test_pieces_of_a_feed() -> None:
    """Small events are one piece; a large one is sliced where it stands, without a byte lost or moved."""
    bodies = [b'"output":"a"}', b'"output":"b"}', b'"v":"%s"}' % (b"x" * 2 * codec.PIECE_BYTES), b"}", b"}"]
    feed = [Entry(seq, "set", None, body) for seq, body in enumerate(bodies, 1)]
    assert list(codec.sse_pieces(feed[:2])) == [codec.sse(feed[0]) + codec.sse(feed[1])]
    pieces = list(codec.sse_pieces(feed))
    assert b"".join(pieces) == b"".join(codec.sse(entry) for entry in feed)
    assert max(map(len, pieces)) == codec.PIECE_BYTES
    assert list(codec.sse_pieces([])) == []
