"""docs/reliability.md names tests that exist, and a figure or a test for each promise."""

import re

from tests.conftest import ROOT, TESTS

PAGE = ROOT / "docs" / "reliability.md"
DEFINED = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")


def test_each_promise_names_tests_that_exist() -> None:
    """Every row of a table has at least one test, and every name is that of a test."""
    defined = {
        name
        for path in TESTS.rglob("test_*.py")
        for name in DEFINED.findall(path.read_text(encoding="utf-8"))
    }
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    promises = [row for row in rows if not row.startswith("| promise |")]
    assert promises
    assert [row for row in promises if not NAMED.findall(row)] == []
    assert {name for row in promises for name in NAMED.findall(row)} - defined == set()
