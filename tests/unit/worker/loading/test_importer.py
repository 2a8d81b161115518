"""Importing a demo: what is called first, and that nothing it raises escapes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from gradstream.format.types import Demo
from gradstream.worker.loading.importer import load
from gradstream.worker.loading.module_files import SourceFiles
from gradstream.worker.loading.module_settings import ModuleSettings
from gradstream.worker.loading.shared_modules import SharedModules
from gradstream.worker.printing.source import PrintSource
from tests.unit.played_engine import make_demo


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """Return a demo that can be imported, once."""
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.setattr(sys, "argv", sys.argv.copy())
    (tmp_path / "imported_demo.py").write_text("def run():\n    yield 'x'\n")
    made = make_demo("imported_demo")
    action = made.actions[0]
    path = replace(action.generator, roots=(str(tmp_path),))
    yield replace(made, root=str(tmp_path), actions=(replace(action, generator=path),))
    sys.modules.pop("imported_demo", None)


def test_the_hook_comes_before_the_import(demo: Demo, tmp_path: Path) -> None:
    """What must be patched is patched before the developer's module runs."""
    seen: list[bool] = []
    loaded, report = load(
        demo,
        before_import=lambda _: seen.append("imported_demo" in sys.modules),
        settings=ModuleSettings(),
        prints=PrintSource(list[bytes]().append, demo=demo.address),
        shared=SharedModules(),
        sources=SourceFiles(),
    )
    assert loaded is not None
    assert (seen, report.diagnostics) == ([False], ())
    assert report.files == (str(tmp_path / "imported_demo.py"),)


def test_a_hook_that_raises_is_an_import_that_failed(demo: Demo) -> None:
    """A broken library that is patched is reported like one that the module imports."""

    def before_import(_: Demo) -> None:
        raise SystemExit(3)

    prints = PrintSource(list[bytes]().append, demo=demo.address)
    loaded, report = load(
        demo,
        before_import=before_import,
        settings=ModuleSettings(),
        shared=SharedModules(),
        sources=SourceFiles(),
        prints=prints,
    )
    assert loaded is None
    assert [(one.code, one.found) for one in report.diagnostics] == [("E-IMPORT", "SystemExit")]
    assert "imported_demo" not in sys.modules
