"""What a page hears of its catalog: the version, and each change as the server tells it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.conftest import Server
from tests.patience import PATIENCE_S

Catalog = dict[str, Any]


class CatalogFeed:
    """Follows a server's catalog from the moment that it is opened."""

    def __init__(self, client: httpx.Client, lines: Iterator[str]) -> None:
        self.client = client
        self.changes: list[dict[str, Any]] = []
        self._lines = lines

    def catalog(self) -> Catalog:
        """Return the catalog as it is now."""
        found: Catalog = self.client.get("/api/demos").json()
        return found

    def demo(self, address: str) -> dict[str, Any]:
        """Return a demo as it is now."""
        found: dict[str, Any] = self.client.get(f"/api/demos/{address}").json()
        return found

    def titles(self) -> list[str]:
        """Return the titles of all demos as they are now."""
        return [demo["title"] for demo in self.catalog()["demos"]]

    def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for changes until the condition holds; the test's own limit ends a wait in vain."""
        while not is_true():
            self.next_change()

    def until_titles(self, *titles: str) -> None:
        """Wait until the catalog's demos have these titles."""
        self.until(lambda: self.titles() == [*titles])

    def next_change(self) -> dict[str, Any]:
        """Wait for the next change and return it."""
        for line in self._lines:
            if line.startswith("data:"):
                change: dict[str, Any] = json.loads(line.removeprefix("data:"))
                self.changes.append(change)
                return change
        raise AssertionError("the feed ended")


@contextmanager
def follow_catalog(server: Server) -> Iterator[CatalogFeed]:
    """Open the feed of a server's catalog."""
    with httpx.Client(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        version = client.get("/api/demos").json()["version"]
        with client.stream("GET", "/api/feed", params={"catalog": version}) as answer:
            yield CatalogFeed(client, answer.iter_lines())
