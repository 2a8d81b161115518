"""A run's state as JSON in pieces: its large values are shared by all who read it, however slowly they do."""

from collections.abc import AsyncGenerator, Iterator, Mapping

from msgspec import Raw, json

from gradstream.events.codec import PIECE_BYTES

NO_OUTPUTS = b'"outputs":{}'


def state_pieces(document: bytes, outputs: Mapping[str, Raw]) -> Iterator[bytes]:
    """Yield a document whose `outputs` are empty with these in their place, large ones slice by slice."""
    # No text has these bytes before it: within one, the quotes are escaped.
    before, after = document.split(NO_OUTPUTS, 1)
    waiting = [before, b'"outputs":{']
    for index, (name, value) in enumerate(outputs.items()):
        waiting += (b"," if index else b"", json.encode(name), b":")
        view = memoryview(value)
        for start in range(0, len(view), PIECE_BYTES):
            waiting.append(bytes(view[start : start + PIECE_BYTES]))
            if len(view) > PIECE_BYTES:
                yield b"".join(waiting)
                waiting.clear()
    yield b"".join((*waiting, b"}", after))


async def one_by_one(pieces: Iterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Yield pieces, each when the one before was sent."""
    for piece in pieces:
        yield piece
