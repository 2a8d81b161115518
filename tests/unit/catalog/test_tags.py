"""One tag has one spelling in a catalog."""

from pathlib import Path

from gradstream.catalog.check_steps import check_paths
from tests.unit.catalog.folders import good, write


def tagged(*tags: str) -> str:
    """Return a demo with tags."""
    return good() + f"tags: [{', '.join(tags)}]\n"


def told(root: Path) -> list[tuple[str, int, str]]:
    """Return file, column and repair of each finding about a spelling."""
    found = check_paths([root], environ={}).diagnostics
    return [
        (Path(each.span.file).name, each.span.column, each.repair)
        for each in found
        if each.code == "W-TAG-SPELLING"
    ]


def test_the_rarer_spelling_is_told(tmp_path: Path) -> None:
    """What most demos write is right; of two that are as frequent, the first."""
    write(
        tmp_path,
        demos__a=tagged("Chat", "one"),
        demos__b=tagged("chat"),
        demos__c=tagged("chat", "ONE"),
    )
    assert told(tmp_path) == [("a.yaml", 8, "write chat"), ("c.yaml", 14, "write one")]


def test_tags_that_are_spelled_alike(tmp_path: Path) -> None:
    """Other tags have no warning, nor has a demo with both spellings, which has its own diagnostic."""
    write(tmp_path, demos__a=tagged("chat", "Chat"), demos__b=tagged("chat", "sound"))
    assert told(tmp_path) == []
