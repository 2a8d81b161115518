"""Folders of modules are watched within the catalog, and outside of it up to a bound."""

from pathlib import Path

import pytest

from gradstream.reload.imported_folders import MAX_OUTSIDE, ImportedFolders


def test_folders_outside_the_catalog_have_a_bound(caplog: pytest.LogCaptureFixture) -> None:
    """The outermost are watched; that there are more is logged once, with the demo and a folder."""
    root, folders = Path("/catalog"), ImportedFolders()
    outside = [Path("/package", *["deep"] * depth) for depth in range(MAX_OUTSIDE + 3)]
    files = [str(folder / "m.py") for folder in reversed(outside)]
    folders.add("a", [str(root / "m.py"), *files[-2:]], root=root)
    assert folders.watched == {root, *outside[:2]}
    assert not caplog.messages
    for _ in range(2):
        folders.add("a", files, root=root)
    assert folders.watched == {root, *outside[:MAX_OUTSIDE]}
    (line,) = caplog.messages
    assert line == (
        f"a imports modules from more folders outside the catalog than the {MAX_OUTSIDE} that are watched: "
        f"what is saved in {outside[MAX_OUTSIDE]} and 2 more is taken over by a restart of the server"
    )
    inside = [str(root / f"{number}" / "m.py") for number in range(2 * MAX_OUTSIDE)]
    folders.add("b", inside, root=root)
    assert len(folders.watched) == 3 * MAX_OUTSIDE + 1
