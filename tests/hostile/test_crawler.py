"""Pages that are only fetched, by a crawler or for another site, start no process."""

import pytest

from tests.acceptance.wire_client import client_of
from tests.conftest import Serve

DEMOS = 60
FILES = {
    "demos/made.py": "def go():\n    yield 1\n",
    **{
        f"demos/d{number}.yaml": "gradstream: 1\ngenerator: made.go\noutputs: {out: number}\n"
        for number in range(DEMOS)
    },
}
FETCHES: dict[str, dict[str, str]] = {
    "a crawler": {"Accept": "text/html", "User-Agent": "bot"},
    "a picture of another site": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"},
    "a script of another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "ahead of time": {"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch"},
    "a page": {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
}


@pytest.mark.parametrize("headers", FETCHES.values(), ids=FETCHES)
async def test_sixty_pages_that_are_only_fetched(serve: Serve, headers: dict[str, str]) -> None:
    """However a demo is asked for, no process is started for it."""
    server = serve(FILES)
    async with client_of(server) as client:
        await client.get("/")
        before = len(server.children())
        for number in range(DEMOS):
            for path in ("/demos/{}", "/demos/{}/embed", "/api/demos/{}"):
                answer = await client.get(path.format(f"d{number}"), headers=headers)
                assert answer.status_code == 200
        assert len(server.children()) == before
