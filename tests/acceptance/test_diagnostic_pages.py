"""docs/authoring/diagnostics/: a page for each code that the engine can report, with an actual report."""

import runpy
from typing import Any

import pytest

from tests.conftest import ROOT

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_diagnostic_pages.py"))
CODES: dict[str, Any] = SCRIPT["read_codes"]()
FOLDER = ROOT / "docs" / "authoring" / "diagnostics"


def test_exactly_the_existing_codes_are_documented() -> None:
    """Every code can be looked up, and no page is left for a code that is never reported."""
    assert set(CODES) == SCRIPT["codes_in_source"]()


def test_the_pages_are_the_output_of_the_script() -> None:
    """The pages match codes.yaml and the engine's reports; running the script updates them."""
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    written = SCRIPT["pages"]()
    assert set(on_disk) == set(written)
    assert [name for name, text in written.items() if on_disk[name] != text] == []


def test_reports_for_other_programs_have_the_same_texts() -> None:
    """The rules of SARIF are the output of the script too."""
    assert SCRIPT["RULES"].read_text(encoding="utf-8") == SCRIPT["rules"]()


@pytest.mark.parametrize("code", CODES)
def test_the_repair_leaves_no_finding(code: str) -> None:
    """After the repair that the page shows, nothing is left to correct."""
    assert SCRIPT["left_over"](CODES[code]) == ""


@pytest.mark.parametrize("code", CODES)
def test_every_page_shows_a_repair(code: str) -> None:
    """Each page has a repair: the corrected example, or a sentence."""
    assert CODES[code].repaired_text is not None or CODES[code].repair
