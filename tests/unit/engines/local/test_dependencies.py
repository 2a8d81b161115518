"""What a demo's worker depends on before it has reported anything."""

from pathlib import Path

from msgspec.structs import replace

from gradstream.engines.local.dependencies import has_same_code, located_files, watch_any
from gradstream.format.types import Demo
from tests.unit.played_engine import make_demo


def with_generator(demo: Demo, *, text: str, root: Path) -> Demo:
    """Return the demo with another generator."""
    action = demo.actions[0]
    path = replace(action.generator, text=text, roots=(str(root),))
    return replace(demo, actions=(replace(action, generator=path),))


def test_the_file_of_a_generator_is_known_before_its_import(tmp_path: Path) -> None:
    """The path is absolute and without links; a generator that does not exist has no file."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "made.py").write_text("def run():\n    yield 1\n")
    (tmp_path / "link").symlink_to("real")
    demo = with_generator(make_demo(), text="made.run", root=tmp_path / "link")
    assert located_files(demo) == {str(tmp_path.resolve() / "real" / "made.py")}
    assert located_files(with_generator(demo, text="lost.run", root=tmp_path)) == set()


def test_a_watched_file_concerns_the_demo_that_watches_it(tmp_path: Path) -> None:
    """Globs count from the demo's folder, and one file of several is enough."""
    demo = make_demo(folder=str(tmp_path), watch=("data/*.csv",))
    files = [str(tmp_path / "other.txt"), str(tmp_path / "data" / "rows.csv")]
    assert watch_any([make_demo("plain"), demo], files)
    assert not watch_any([demo], files[:1])
    assert not watch_any([make_demo("plain")], files)


def test_code_is_the_same_if_path_and_folders_are(tmp_path: Path) -> None:
    """A new title needs no new worker; another path or folder does."""
    demo = with_generator(make_demo(), text="made.run", root=tmp_path)
    assert has_same_code(demo, replace(demo, title="New"))
    assert not has_same_code(demo, with_generator(demo, text="made.other", root=tmp_path))
    assert not has_same_code(demo, with_generator(demo, text="made.run", root=tmp_path / "x"))
