"""How long a stream's segments have to be at the end of a yield: short at first, longer later.

Each segment costs a reader one request, and a player makes only a few at once: a stream of many tiny segments
cannot be fetched as fast as it is played over a line with delay.
"""

from gradstream.media.types import FIRST_SEGMENT_S, SHORTEST_SEGMENT_S

_FIRST_S = (0.0, FIRST_SEGMENT_S, 2 * FIRST_SEGMENT_S)
"""The first may be of any duration: a player is waiting for it. One that started with the first must never
wait for one that is much longer than what it has."""


def shortest_segment_s(emitted: int) -> float:
    """Return the duration that is worth a segment, in seconds, after `emitted` segments were emitted."""
    return _FIRST_S[emitted] if emitted < len(_FIRST_S) else SHORTEST_SEGMENT_S
