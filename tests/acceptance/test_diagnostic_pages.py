"""docs/authoring/diagnostics/: a page for each code that the engine can say, with what the engine says."""

import runpy
from typing import Any

import pytest

from tests.conftest import ROOT

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_diagnostic_pages.py"))
CODES: dict[str, Any] = SCRIPT["read_codes"]()
FOLDER = ROOT / "docs" / "authoring" / "diagnostics"


def test_every_code_is_documented_and_none_that_is_gone() -> None:
    """An author who looks up a code finds it, and finds nothing that is never said."""
    assert set(CODES) == SCRIPT["codes_in_source"]()


def test_the_pages_are_what_the_script_writes() -> None:
    """Pages follow codes.yaml and the engine's words; the script writes them anew."""
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    written = SCRIPT["pages"]()
    assert set(on_disk) == set(written)
    assert [name for name, text in written.items() if on_disk[name] != text] == []


@pytest.mark.parametrize("code", CODES)
def test_the_repair_mends_the_example(code: str) -> None:
    """Whoever writes what the page shows has nothing left to correct."""
    assert SCRIPT["left_over"](CODES[code]) == ""


@pytest.mark.parametrize("code", CODES)
def test_a_way_out_is_shown(code: str) -> None:
    """Each page has a repair: the example as it should be, or a sentence."""
    assert CODES[code].mended is not None or CODES[code].repair
