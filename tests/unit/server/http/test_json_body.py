"""Bodies are decoded within bounds."""

import pytest
from litestar.exceptions import ClientException
from msgspec import json

from gradstream.limits import Limits
from gradstream.server.http import json_body
from gradstream.server.http.json_body import SMALL_BYTES, decode_body

LIMITS = Limits(body_values=1000, body_depth=10, body_digits=20)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a": "text with , [ { and \\" quotes \\\\"}',
        b'{"a": ' + json.encode([1] * 900) + b"}",
        b'{"a": ' + b"[" * 9 + b"]" * 9 + b"}",
        b'{"a": 12345678901234567890}',
        json.encode({"a": ',[{"' * 100_000}),
        json.encode({"a": "\\" * 100_000}),
        json.encode({"a": "x" * (2 * SMALL_BYTES)}),
    ],
)
async def test_what_is_within_the_bounds(data: bytes) -> None:
    """Only what is outside of texts counts, whatever the texts are."""
    assert await decode_body(data, dict, limits=LIMITS) == json.decode(data or b"{}")


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (json.encode({"a": [1] * 1001}), "The body has more than 1,000 values"),
        (json.encode({"a": [[]] * 1001}), "The body has more than 1,000 values"),
        (json.encode({"a": ["x"] * 5000}), "The body has more than 1,000 values"),
        (json.encode({str(number): 1 for number in range(1100)}), "The body has more than 1,000 values"),
        (b'{"a": ' + b"[" * 10 + b"]" * 10 + b"}", "The body is nested more than 10 levels deep"),
        (b'{"a": ' + b"[" * 500, "The body is nested more than 10 levels deep"),
        (b"[" * 100_000, "The body has more than 1,000 values"),
        (b'{"a": 123456789012345678901}', "The body has a number with more than 20 characters"),
        (b'{"a": 0.1234567890123456789}', "The body has a number with more than 20 characters"),
    ],
)
async def test_what_is_beyond_a_bound(data: bytes, detail: str) -> None:
    """It is refused by 422 with the bound, before it is decoded."""
    with pytest.raises(ClientException) as refusal:
        await decode_body(data, dict, limits=LIMITS)
    assert (refusal.value.status_code, refusal.value.detail) == (422, detail)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b"NaN",
        b'{"a": 1e999}',
        b"]" * 1_000_000,
        b'"' * 999,
        b"null",
    ],
)
async def test_what_is_not_json(data: bytes) -> None:
    """It is refused by 400: the mistake is the client's."""
    with pytest.raises(ClientException) as refusal:
        await decode_body(data, dict, limits=LIMITS)
    assert refusal.value.status_code == 400


WRITTEN = [
    rb'{"a": "x\\\\\"y\\\\", "b\"c": [1, 22, [333, "\\"]], "": {"d": ["\\\"[[[[", -1.5e+3]}}',
    rb'["\\\\\\\\\\", "\\\"", [[[0]]], "]", 12345678901234567890]',
    rb'["\\\\\\\\\\", 123456789012345678901]',
    b"[" * 11 + b"]" * 11,
    rb'"\\',
]


@pytest.mark.parametrize("data", WRITTEN)
@pytest.mark.parametrize("size", range(1, 12))
def test_a_body_is_counted_alike_in_slices_of_any_size(
    monkeypatch: pytest.MonkeyPatch, data: bytes, size: int
) -> None:
    """No slice ends within an escape, and numbers, texts and levels go on in the next one."""
    whole = json_body._excess(data, LIMITS)
    # Two bytes at least: a slice that is one backslash could only be shortened to nothing.
    monkeypatch.setattr(json_body, "SLICE_BYTES", size + 1)
    assert b"".join(json_body._slices(data)) == data
    assert json_body._excess(data, LIMITS) == whole
