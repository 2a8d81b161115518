"""What the server's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.server.site import Site, serving


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Return a server of one demo, as it is on a developer's own machine."""
    async with serving(tmp_path) as running:
        yield running
