"""However files change, the next snapshot equals a full reading."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.catalog.incremental import reread
from gradstream.catalog.scan import read_catalog
from tests.effort import examples
from tests.unit.catalog.folders import good, write

BROKEN = good("Broken").replace("outputs", "ouputs")
TEXTS = (
    good("One"),
    good("Two"),
    BROKEN,
    "x: 1\n",
    "a: [\n",
    good() + "examples: rows.csv\n",
    None,
)
NAMES = ("a.yaml", "a.yml", "a/demo.yaml", "b.yaml", "a/b.yaml", "a/b/demo.yml", "c d.yaml", "rows.csv")

Step = tuple[str, str | None]


def save(path: Path, text: str | None) -> None:
    """Write a file, or remove it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text("text\none\n" if path.suffix == ".csv" else text)


@settings(max_examples=examples(50))
@given(steps=st.lists(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), max_size=3)))
def test_any_way_of_saving(tmp_path_factory: pytest.TempPathFactory, steps: list[list[Step]]) -> None:
    """Each step is right, with shared addresses, errors, and files that are not demos."""
    root = tmp_path_factory.mktemp("catalog")
    write(root, demos__a=good())
    snapshot = read_catalog(root, environ={})
    for step in steps:
        for name, text in step:
            save(root / "demos" / name, text)
        snapshot = reread(snapshot, [root / "demos" / name for name, _ in step], environ={})
        assert snapshot == read_catalog(root, environ={})


def move(source: str, target: str) -> Callable[[Path], Iterable[str]]:
    """Return a change that moves a file or folder."""

    def change(root: Path) -> Iterable[str]:
        (root / source).rename(root / target)
        return source, target

    return change


def link(root: Path) -> Iterable[str]:
    """Link a folder of demos: links are not followed."""
    (root / "demos/linked").symlink_to(root / "demos/sub")
    return "demos/linked", "demos/linked/a.yaml"


def hide(root: Path) -> Iterable[str]:
    """Write demos where none are looked for."""
    write(root, **{"demos__.hidden__x": good(), "demos__node_modules__x": good(), "demos__.x.yaml": good()})
    return "demos/.hidden/x.yaml", "demos/node_modules/x.yaml", "demos/.x.yaml"


@pytest.mark.parametrize(
    "change",
    [
        move("demos/sub", "demos/moved"),
        move("demos/sub", "out"),
        move("elsewhere", "demos/sub/in"),
        move("demos/sub/deep", "demos/deep"),
        move("demos", "others"),
        link,
        hide,
    ],
    ids=["within", "out", "in", "up", "all", "link", "hidden"],
)
def test_folders_stand_for_their_files(tmp_path: Path, change: Callable[[Path], Iterable[str]]) -> None:
    """For a moved folder, only the folder is reported, and its demos are found."""
    write(
        tmp_path,
        gradstream="gradstream: 1\n",
        demos__a=good(),
        demos__sub__a=good(),
        demos__sub__deep__b=BROKEN,
        elsewhere__c=good(),
        **{"demos__sub__notes.yml": "x: 1\n"},
    )
    first = read_catalog(tmp_path, environ={})
    changed = [tmp_path / name for name in change(tmp_path)]
    assert reread(first, changed, environ={}) == read_catalog(tmp_path, environ={})


def test_a_file_costs_no_other_a_reading(tmp_path: Path) -> None:
    """Adding and removing a demo leaves all others as the objects that they were."""
    write(tmp_path, demos__a=good(), demos__b=good())
    first = read_catalog(tmp_path, environ={})
    write(tmp_path, demos__c=good())
    second = reread(first, [tmp_path / "demos/c.yaml"], environ={})
    (tmp_path / "demos/a.yaml").unlink()
    third = reread(second, [tmp_path / "demos/a.yaml"], environ={})
    assert list(third.demos) == ["b", "c"]
    assert third.demos["b"] is first.demos["b"]


def test_a_new_title_of_the_catalog_costs_no_reading(tmp_path: Path) -> None:
    """Demos are read again only when globs or defaults have changed."""
    write(tmp_path, gradstream="gradstream: 1\ntitle: Lab\n", demos__a=good())
    first = read_catalog(tmp_path, environ={})
    write(tmp_path, gradstream="gradstream: 1\ntitle: Studio\n")
    second = reread(first, [tmp_path / "gradstream.yaml"], environ={})
    assert second.options.title == "Studio"
    assert second.demos["a"] is first.demos["a"]


def test_a_file_of_the_theme_that_is_saved(tmp_path: Path) -> None:
    """The look of the pages is read again when a file that it names is saved, and demos are not."""
    own = tmp_path / "own.css"
    own.write_text("a {}\n")
    save(tmp_path / "gradstream.yaml", "gradstream: 1\ntheme:\n  css: own.css\n")
    before = read_catalog(tmp_path, environ={})
    own.write_text("a { color: red }\n")
    after = reread(before, [own], environ={})
    assert after.options.theme.files == before.options.theme.files == {"css": str(own)}
    assert after.options.theme.revision != before.options.theme.revision
