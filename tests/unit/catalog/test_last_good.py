"""A demo that worked goes on working while its file has a mistake."""

from pathlib import Path

import pytest

from gradstream.catalog.incremental import reread
from gradstream.catalog.last_good import keep_last_good
from gradstream.catalog.scan import read_catalog
from gradstream.catalog.types import CatalogSnapshot
from tests.unit.catalog.folders import good, write

BROKEN = good("Parrot").replace("outputs:", "ouputs:")


def after(before: CatalogSnapshot, root: Path, **files: str) -> CatalogSnapshot:
    """Write files and read them again, as a save does."""
    write(root, **files)
    changed = [root / f"demos/{name.removeprefix('demos__')}.yaml" for name in files]
    return keep_last_good(before, reread(before, changed, environ={}), environ={})


def test_a_mistake_leaves_the_demo_as_it_was(tmp_path: Path) -> None:
    """The last good demo is served, together with the errors and the text of the new file."""
    write(tmp_path, demos__echo=good())
    first = read_catalog(tmp_path, environ={})
    second = after(first, tmp_path, demos__echo=BROKEN)
    assert (second.demos, second.broken) == (first.demos, {})
    assert second.stale["echo"].source == BROKEN
    assert [found.code for found in second.stale["echo"].diagnostics] == ["E-UNKNOWN-KEY"]


def test_another_mistake_keeps_the_same_good_demo(tmp_path: Path) -> None:
    """However many saves are broken, and whatever other files change, the last good one is kept."""
    write(tmp_path, demos__echo=good(), demos__other=good())
    first = read_catalog(tmp_path, environ={})
    second = after(first, tmp_path, demos__echo=BROKEN)
    third = after(second, tmp_path, demos__other=good("Changed"))
    fourth = after(third, tmp_path, demos__echo=BROKEN.replace("ouputs", "outpust"))
    fifth = after(fourth, tmp_path, demos__new=good("New"))
    for snapshot in (third, fourth, fifth):
        assert snapshot.demos["echo"] == first.demos["echo"]
        assert list(snapshot.stale) == ["echo"]
    assert fourth.stale["echo"].source != third.stale["echo"].source
    assert set(fifth.demos) == {"echo", "other", "new"}


@pytest.mark.parametrize("text", [good().replace("gradstream: 1\n", ""), ""], ids=["no marker", "empty"])
def test_a_file_that_has_lost_its_marker_is_not_gone(tmp_path: Path, text: str) -> None:
    """The demo stays with the missing line as its mistake, whatever is saved beside it, until it is back."""
    write(tmp_path, demos__echo=good(), demos__other=good())
    first = read_catalog(tmp_path, environ={})
    second = after(first, tmp_path, demos__echo=text)
    third = after(second, tmp_path, demos__other=good("Changed"))
    for snapshot in (second, third):
        assert snapshot.demos["echo"] == first.demos["echo"]
        assert [found.code for found in snapshot.stale["echo"].diagnostics] in (
            ["E-MISSING-KEY"],
            ["E-NOT-A-DEMO"],
        )
    fourth = after(third, tmp_path, demos__echo=good("Parrot"))
    assert (fourth.demos["echo"].title, fourth.stale) == ("Parrot", {})


def test_the_next_good_save_ends_it(tmp_path: Path) -> None:
    """A repaired file is read again, and nothing of the error remains."""
    write(tmp_path, demos__echo=good())
    stale = after(read_catalog(tmp_path, environ={}), tmp_path, demos__echo=BROKEN)
    mended = after(stale, tmp_path, demos__echo=good("Parrot"))
    assert (mended.demos["echo"].title, mended.stale, mended.broken) == ("Parrot", {}, {})


def test_a_demo_that_never_worked_is_broken(tmp_path: Path) -> None:
    """At first load a mistake is a mistake, and so it is in a file that is new."""
    write(tmp_path, demos__echo=BROKEN)
    first = read_catalog(tmp_path, environ={})
    second = after(first, tmp_path, demos__new=BROKEN)
    assert (list(second.broken), second.stale, second.demos) == (["echo", "new"], {}, {})


def test_a_file_that_goes_takes_its_demo_along(tmp_path: Path) -> None:
    """A broken file that is deleted leaves nothing to go on serving."""
    write(tmp_path, demos__echo=good())
    stale = after(read_catalog(tmp_path, environ={}), tmp_path, demos__echo=BROKEN)
    (tmp_path / "demos/echo.yaml").unlink()
    gone = keep_last_good(stale, reread(stale, [tmp_path / "demos/echo.yaml"], environ={}), environ={})
    assert (gone.demos, gone.broken, gone.stale) == ({}, {}, {})
