"""Replaced links are seen by comparing them with what they were when they were noted."""

import asyncio
from pathlib import Path

from gradstream.reload.swaps import SwapPoll


def test_a_link_that_is_replaced_before_the_first_look_is_seen(tmp_path: Path) -> None:
    """There is no time between noting a link and comparing it in which a replacement is missed."""
    (tmp_path / "one").write_text("one")
    (tmp_path / "other").write_text("another")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "one")

    async def replaced() -> list[frozenset[Path]]:
        poll = SwapPoll(lambda: ())
        poll.begin()
        poll.note([link])
        link.unlink()
        link.symlink_to(tmp_path / "other")
        swaps = [await poll.look(), await poll.look()]
        return [swap.links for swap in swaps if swap is not None]

    assert asyncio.run(replaced()) == [frozenset({link})]
