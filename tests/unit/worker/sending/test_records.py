"""Events as bytes: encoded once, and always JSON."""

import msgspec
import pytest

from gradstream.components.types import UnusableYieldError
from gradstream.events.types import Append, Log, Patch, Set
from gradstream.limits import LARGEST_EVENT_BYTES
from gradstream.worker.sending.records import record


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (Set(output="o", value=[float("nan"), "\ud800"]), {"output": "o", "value": [None, "\ufffd"]}),
        (Set(output="o", value=1, final=True), {"output": "o", "value": 1, "final": True}),
        (Append(output="o", text="a\udc00"), {"output": "o", "text": "a\ufffd"}),
        (
            Patch(output="o", edits=[("append", [0, "content"], "\ud800")]),
            {"output": "o", "edits": [["append", [0, "content"], "\ufffd"]]},
        ),
        (Log(level="info", text="\ud800"), {"level": "info", "text": "\ufffd"}),
    ],
)
def test_every_event_can_be_said(event: Set | Append | Patch | Log, fields: dict[str, object]) -> None:
    """What UTF-8 and JSON cannot say is replaced, not refused."""
    assert msgspec.json.decode(b"{" + record(event).body) == fields


def test_an_event_that_no_journal_holds_is_refused() -> None:
    """The error names the size and the limit."""
    with pytest.raises(UnusableYieldError, match=r"a value of 33\.6 MB; an event has at most 33\.6 MB"):
        record(Append(output="o", text="x" * LARGEST_EVENT_BYTES))
