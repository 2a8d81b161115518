"""Requests that are sent again because their answer was lost."""

from gradstream.limits import Limits
from gradstream.runs.repeats import Repeats


async def test_more_requests_than_are_remembered() -> None:
    """The oldest is forgotten, and would start a run again; the others still have theirs."""
    most = Limits().repeats
    repeats = Repeats(most=most)

    for number in range(most + 1):

        async def create(run: str = str(number)) -> str:
            return run

        await repeats.start(("visitor", str(number)), b"same", create, id_of=str)
    assert await repeats.known(("visitor", "0"), b"same") is None
    assert await repeats.known(("visitor", "1"), b"same") == "1"
    assert await repeats.known(("visitor", str(most)), b"same") == str(most)
