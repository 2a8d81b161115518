"""A folder becomes a snapshot, and a changed file the next one."""

import os
from pathlib import Path

import pytest

from gradstream.catalog.check_steps import check_paths
from gradstream.catalog.incremental import reread
from gradstream.catalog.scan import read_catalog, read_file
from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.gate import CLOSED
from tests.unit.catalog.folders import good, write

BROKEN = "gradstream: 1\ntitle: Mine\ngenerator: tools.ecko\noutputs:\n  answer: text\n"


def snapshot_of(root: Path) -> CatalogSnapshot:
    """Read a catalog with an empty environment."""
    return read_catalog(root, environ={})


def codes(snapshot: CatalogSnapshot, address: str) -> list[tuple[str, str, int]]:
    """Return code, file and line of what is wrong with a broken demo."""
    return [(each.code, each.span.file, each.span.line) for each in snapshot.broken[address].diagnostics]


def test_good_and_broken_demos_side_by_side(tmp_path: Path) -> None:
    """A broken demo is kept with its title, text and mistakes, and hurts no other."""
    write(
        tmp_path,
        demos__good=good(),
        demos__broken=BROKEN,
        demos__torn="gradstream: 1\ntitle: a: b\n",
        demos__notes="title: no demo\n",
    )
    snapshot = snapshot_of(tmp_path)
    assert (snapshot.version, snapshot.root, snapshot.options.title) == (1, str(tmp_path), tmp_path.name)
    assert list(snapshot.demos) == ["good"]
    assert list(snapshot.broken) == ["broken", "torn"]
    assert snapshot.skipped == ("demos/notes.yaml",)
    assert snapshot.broken["broken"].title == "Mine"
    assert snapshot.broken["torn"].title == "Torn"
    assert snapshot.broken["torn"].source == "gradstream: 1\ntitle: a: b\n"
    assert codes(snapshot, "broken") == [("E-NO-ATTRIBUTE", "demos/broken.yaml", 3)]
    assert codes(snapshot, "torn") == [("E-YAML", "demos/torn.yaml", 2)]
    assert set(snapshot.files) == {
        str(tmp_path / "demos" / f"{name}.yaml") for name in ("good", "broken", "torn")
    }


def test_demo_and_catalog_folder_are_both_looked_in(tmp_path: Path) -> None:
    """A generator may be in its demo's folder or in the catalog's."""
    near = good().replace("tools", "near")
    write(
        tmp_path,
        demos__far=good(),
        demos__own__demo=near,
        **{"demos__own__near.py": "def echo(text): yield text\n"},
    )
    assert list(snapshot_of(tmp_path).demos) == ["far", "own"]


def test_two_files_with_one_address(tmp_path: Path) -> None:
    """Neither is served, and the error is reported for both."""
    write(tmp_path, demos__a=good(), **{"demos__a.yml": good()}, demos__a__demo=good(), demos__b=good())
    snapshot = snapshot_of(tmp_path)
    assert list(snapshot.demos) == ["b"]
    assert codes(snapshot, "a") == [
        ("E-SAME-ADDRESS", "demos/a.yaml", 1),
        ("E-SAME-ADDRESS", "demos/a.yml", 1),
        ("E-SAME-ADDRESS", "demos/a/demo.yaml", 1),
    ]


def test_a_bad_name_is_told_beside_the_other_mistakes(tmp_path: Path) -> None:
    """A file with a space in its name is a broken demo, however good its content."""
    write(tmp_path, **{"demos__my demo.yaml": good()})
    assert codes(snapshot_of(tmp_path), "my_demo") == [("E-FILE-NAME", "demos/my demo.yaml", 1)]


@pytest.mark.parametrize(
    ("file", "repair"),
    [
        ("story (copy).yaml", "rename the file `story (copy).yaml` to `story_copy.yaml`"),
        ("v1.0/a.yaml", "rename the folder `v1.0` to `v1_0`"),
        ("my talk/v 2/demo.yaml", "rename the folder `my talk` to `my_talk` and the folder `v 2` to `v_2`"),
        ("v 2/a.b.yaml", "rename the folder `v 2` to `v_2` and the file `a.b.yaml` to `a_b.yaml`"),
        ("Ünü 1.yml", "rename the file `Ünü 1.yml` to `Ünü_1.yml`"),
    ],
)
def test_a_bad_name_is_told_with_the_one_to_give(tmp_path: Path, file: str, repair: str) -> None:
    """Of the folders and the file those that are at fault, each with a name that can be an address."""
    write(tmp_path, **{f"demos__{file}".replace("/", "__"): good()})
    (broken,) = snapshot_of(tmp_path).broken.values()
    (found,) = [each for each in broken.diagnostics if each.code == "E-FILE-NAME"]
    assert found.repair == repair


def test_defaults_are_laid_below_every_demo(tmp_path: Path) -> None:
    """A demo starts from the catalog's defaults and goes its own way from there."""
    defaults = "defaults:\n  author: Ada\n  limits: {queue: 3}\n"
    write(
        tmp_path,
        gradstream="gradstream: 1\ntitle: Lab\nlimits:\n  concurrency: 2\n" + defaults,
        demos__a=good(),
        demos__b=good() + "author: Bob\nlimits: {queue: 5}\n",
        demos__c=good() + "limits: {queue: many}\n",
    )
    snapshot = snapshot_of(tmp_path)
    assert snapshot.options.title == "Lab"
    first, second = snapshot.demos["a"], snapshot.demos["b"]
    assert (first.author, first.limits.queue, first.limits.concurrency) == ("Ada", 3, 2)
    assert (second.author, second.limits.queue, second.limits.concurrency) == ("Bob", 5, 2)
    assert codes(snapshot, "c") == [("E-TYPE", "demos/c.yaml", 8)]


def test_a_mistake_in_who_is_let_in_lets_nobody_in(tmp_path: Path) -> None:
    """The demos are read, and nobody opens them as long as the catalog's list cannot be read."""
    write(tmp_path, gradstream="gradstream: 1\naccess:\n  token: [secret]\n", demos__a=good())
    snapshot = snapshot_of(tmp_path)
    assert snapshot.options.gate == CLOSED
    assert snapshot.demos["a"].gate is None


def test_a_broken_gradstream_yaml_stops_nothing(tmp_path: Path) -> None:
    """The catalog's own mistakes are kept apart from the demos."""
    write(tmp_path, gradstream="gradstream: 1\ntitle: a: b\n", demos__a=good())
    snapshot = snapshot_of(tmp_path)
    assert list(snapshot.demos) == ["a"]
    assert [(each.code, each.span.file) for each in snapshot.diagnostics] == [("E-YAML", "gradstream.yaml")]


def test_a_folder_of_demos_is_a_catalog(tmp_path: Path) -> None:
    """Without gradstream.yaml and without a folder `demos`, the folder itself has the demos."""
    write(tmp_path, one=good("One"), two__demo=good("Two"))
    assert {address: demo.title for address, demo in snapshot_of(tmp_path).demos.items()} == {
        "one": "One",
        "two": "Two",
    }


def test_a_folder_with_a_single_demo_is_a_catalog(tmp_path: Path) -> None:
    """A demo's own folder can be served."""
    write(tmp_path, demo=good())
    assert list(snapshot_of(tmp_path).demos) == ["demo"]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A link to nowhere is a broken demo with a reason."""
    write(tmp_path, demos__a=good())
    (tmp_path / "demos" / "lost.yaml").symlink_to("nowhere.yaml")
    assert codes(snapshot_of(tmp_path), "lost") == [("E-FILE-UNREADABLE", "demos/lost.yaml", 1)]


def test_reread_reads_only_what_changed(tmp_path: Path) -> None:
    """A saved file is new, and what was not named stays as it was, even when it changed as well."""
    write(tmp_path, demos__a=good("A"), demos__b=good("B"))
    first = snapshot_of(tmp_path)
    write(tmp_path, demos__a=good("A2"), demos__b=good("B2"))
    second = reread(first, [tmp_path / "demos" / "a.yaml"], environ={})
    assert (second.demos["a"].title, second.demos["b"].title) == ("A2", "B")
    assert second.demos["b"] is first.demos["b"]
    assert first.demos["a"].title == "A"


def test_reread_follows_a_demo_through_mistakes(tmp_path: Path) -> None:
    """A demo gets an error, which is then fixed."""
    write(tmp_path, demos__a=good(), demos__b=good())
    path = tmp_path / "demos" / "a.yaml"
    snapshot = snapshot_of(tmp_path)
    path.write_text(BROKEN)
    snapshot = reread(snapshot, [path], environ={})
    assert (list(snapshot.demos), list(snapshot.broken)) == (["b"], ["a"])
    path.write_text(good().replace("tools.", "tools:"))
    snapshot = reread(snapshot, [path], environ={})
    assert (sorted(snapshot.demos), list(snapshot.broken)) == (["a", "b"], [])
    assert [each.code for each in snapshot.warnings["a"]] == ["W-COLON-PATH"]
    path.write_text(good())
    assert reread(snapshot, [path], environ={}).warnings == {}


@pytest.mark.parametrize("change", ["added", "deleted", "renamed", "unmarked", "catalog"])
def test_reread_equals_reading_anew(tmp_path: Path, change: str) -> None:
    """Whatever happens to the files, the next snapshot is what a fresh reading gives."""
    write(
        tmp_path,
        gradstream="gradstream: 1\ntitle: Lab\n",
        demos__a=good(),
        demos__b=BROKEN,
        demos__c="x: 1\n",
    )
    first = snapshot_of(tmp_path)
    a, b = tmp_path / "demos" / "a.yaml", tmp_path / "demos" / "b.yaml"
    match change:
        case "added":
            changed = [tmp_path / "demos" / "a.yml"]
            changed[0].write_text(good())
        case "deleted":
            changed = [b]
            b.unlink()
        case "renamed":
            changed = [a, tmp_path / "demos" / "new.yaml"]
            a.rename(changed[1])
        case "unmarked":
            changed = [a]
            a.write_text("title: no demo\n")
        case _:
            changed = [tmp_path / "gradstream.yaml"]
            changed[0].write_text("gradstream: 1\ntitle: Other\ndefaults: {author: Ada}\n")
    assert reread(first, changed, environ={}) == snapshot_of(tmp_path)


def test_a_data_file_concerns_the_demos_beside_it(tmp_path: Path) -> None:
    """A saved CSV file gives its demo new examples."""
    write(tmp_path, demos__a=good() + "examples: set.csv\n", **{"demos__set.csv": "text\none\n"})
    first = snapshot_of(tmp_path)
    csv = tmp_path / "demos" / "set.csv"
    csv.write_text("text\none\ntwo\n")
    assert len(reread(first, [csv], environ={}).demos["a"].examples) == 2


def test_one_file_without_a_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is checked by itself, and named as it was given."""
    write(tmp_path, alone=BROKEN)
    monkeypatch.chdir(tmp_path)
    checked = read_file(Path("alone.yaml"), environ={})
    assert [(each.code, each.span.file) for each in checked.diagnostics] == [("E-NO-ATTRIBUTE", "alone.yaml")]


def test_one_file_with_its_catalog(tmp_path: Path) -> None:
    """The catalog's folder and defaults count for a file that is checked alone."""
    write(tmp_path, gradstream="gradstream: 1\ndefaults: {author: Ada}\n", demos__sub__a=good())
    (demo,) = read_file(tmp_path / "demos" / "sub" / "a.yaml", environ={}).demos
    assert (demo.author, demo.address) == ("Ada", "sub.a")


def test_a_file_that_was_asked_for_must_be_a_demo(tmp_path: Path) -> None:
    """Without the marker a file is passed over in a folder, and a mistake when it is named."""
    write(tmp_path, notes="title: x\n")
    assert check_paths([tmp_path], environ={}).diagnostics == ()
    checked = read_file(tmp_path / "notes.yaml", environ={})
    assert "E-MISSING-KEY" in {each.code for each in checked.diagnostics}


def test_folders_and_files_are_checked_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every finding is named from where the command was given, the catalog's own file included."""
    write(tmp_path / "lab", gradstream="gradstream: 1\ntitel: x\n", demos__a=good(), demos__b=BROKEN)
    write(tmp_path, other=BROKEN)
    monkeypatch.chdir(tmp_path)
    checked = check_paths([Path("lab"), Path("other.yaml")], environ={})
    assert [each.span.file for each in checked.diagnostics] == [
        "lab/gradstream.yaml",
        "lab/demos/b.yaml",
        "other.yaml",
    ]
    assert [demo.file for demo in checked.demos] == ["lab/demos/a.yaml"]


def test_a_part_of_a_catalog_is_checked_with_the_whole_around_it(tmp_path: Path) -> None:
    """A folder within a catalog keeps the catalog's folder to look for generators in."""
    write(tmp_path, gradstream="gradstream: 1\n", demos__sub__a=good(), demos__b=BROKEN, lab__c=good())
    assert [demo.address for demo in check_paths([tmp_path / "demos" / "sub"], environ={}).demos] == ["sub.a"]
    assert [demo.address for demo in check_paths([tmp_path / "lab"], environ={}).demos] == ["c"]


def test_variables_come_from_the_environment_that_is_given(tmp_path: Path) -> None:
    """The process's own environment is not looked at behind the caller's back."""
    write(tmp_path, demos__a=good("${HOME}"))
    assert "HOME" in os.environ
    assert list(snapshot_of(tmp_path).broken) == ["a"]
    assert read_catalog(tmp_path, environ={"HOME": "here"}).demos["a"].title == "here"
