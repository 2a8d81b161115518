"""Hypothesis strategies: whole runs as lists of events."""

from hypothesis import strategies as st
from msgspec import Raw, json

from gradstream.events import codec
from gradstream.events.types import (
    Append,
    Edit,
    Event,
    Log,
    Patch,
    Progress,
    Record,
    Running,
    SegmentAdded,
    Set,
    StreamBegun,
    Succeeded,
)
from gradstream.events.value import RawEdit


def as_raw(edit: Edit) -> RawEdit:
    """Return an edit as a fold has it."""
    op, path, value = edit
    return op, path, Raw(json.encode(value))


texts = st.text(max_size=8)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
outputs = st.sampled_from(["a", "b"])
steps = st.integers(0, 3) | texts
edits = st.lists(
    st.tuples(
        st.sampled_from(["set", "append", "insert", "delete"]), st.lists(steps, max_size=3), texts | values
    ).map(lambda edit: (edit[0], edit[1], str(edit[2]) if edit[0] == "append" else edit[2])),
    max_size=3,
)
told = st.one_of(
    st.builds(Set, output=outputs, value=values),
    st.builds(Append, output=outputs, text=texts),
    st.builds(Patch, output=outputs, edits=edits),
    st.builds(StreamBegun, output=outputs, mime=texts, timescale=st.integers(1, 200_000)),
    st.builds(
        SegmentAdded,
        output=outputs,
        index=st.integers(0, 3),
        start_s=st.floats(0, 100),
        duration_s=st.floats(0, 1),
        peaks=st.lists(st.integers(0, 100), max_size=3).map(tuple),
    ),
    st.builds(Progress, fraction=st.none() | st.floats(0, 1)),
    st.builds(Log, level=st.just("info"), text=texts),
)


@st.composite
def runs(draw: st.DrawFn, *, longest: int = 30) -> list[Record]:
    """Draw the records of a run, from `running` to its end or to somewhere before it."""
    events: list[Event] = [Running(), *draw(st.lists(told, max_size=longest))]
    if draw(st.booleans()):
        events.append(Succeeded(duration_s=1.0))
    return [codec.record(event) for event in events]
