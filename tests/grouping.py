"""Which tests stay together in one process when tests run in several, one after the other.

What a group shares takes long to start: a browser, an editor, a build, a server. And browsers that play at
once need much. pytest-xdist 3.8 sends its own marks in an attribute that pytest 9.2 does not have any more,
so groups go by the names of files.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

GROUPS = {
    "tests/browser/engines/": "engines",
    "tests/browser/test_demos.py": "players",
    "tests/browser/test_media.py": "players",
    "tests/browser/test_recording.py": "players",
}
"""The group of the files that begin so; the first that fits counts. Those that take longest come first."""

PAGES = "tests/browser/"
MORE_PAGES = "tests/browser/test_l"
"""Where the second half of the other browser tests begins, by name: the two halves are two groups."""

WHOLE_FILES = (
    "tests/packaging/",
    "tests/acceptance/test_docs.py",
    "tests/editor/",
    "tests/unit/",
    "tests/architecture/",
)
"""Files that are a group each. Tests of a file share what they import, read and make, such as encoded sound:
handed out one by one, each process would make all of it."""

ORDER = (*GROUPS, PAGES, *WHOLE_FILES)


def group_of(nodeid: str) -> str:
    """Return the name of a test's group; a test that may run anywhere is a group of its own."""
    file = nodeid.partition("::")[0]
    for beginning, group in GROUPS.items():
        if file.startswith(beginning):
            return group
    if file.startswith(PAGES):
        return "pages" if file < MORE_PAGES else "more pages"
    return file if file.startswith(WHOLE_FILES) else nodeid


def place_of(nodeid: str) -> int:
    """Return the place of a test's group among all: groups take longest, so they come first."""
    return next((place for place, beginning in enumerate(ORDER) if nodeid.startswith(beginning)), len(ORDER))


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out groups, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put groups first."""
    items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Return what hands tests to processes."""
    return GroupScheduling(config, log)
