"""A run's state as JSON, in pieces."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, json

from gradstream.events import codec
from gradstream.server.content import run_json
from gradstream.server.content.run_json import state_pieces
from tests.unit.events.events import values


@given(st.dictionaries(st.text(max_size=5), values, max_size=3), st.text(), st.integers(1, 9))
def test_pieces_are_the_whole(outputs: dict[str, Any], message: str, size: int) -> None:
    """However small they are, and whatever other texts the document has."""
    document = {"run": "r", "outputs": {}, "message": message + '"outputs":{}'}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_json, "PIECE_BYTES", size)
        pieces = state_pieces(
            json.encode(document), {name: Raw(json.encode(outputs[name])) for name in outputs}
        )
        assert json.decode(b"".join(pieces)) == {**document, "outputs": outputs}


def test_no_piece_is_large() -> None:
    """A slow reader keeps one slice, and not a copy."""
    large = Raw(json.encode("x" * 5 * codec.PIECE_BYTES))
    pieces = list(state_pieces(b'{"outputs":{}}', {"a": large, "b": large}))
    assert max(map(len, pieces)) < codec.PIECE_BYTES + 100
