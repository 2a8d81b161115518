"""docs/authoring/limits.md and the schema of `limits` say what `gradstream.limits` has."""

import runpy

import pytest

from gradstream.document.read import read_text
from gradstream.format.catalog_file import load_catalog
from gradstream.limits import Limits, bounds
from tests.conftest import ROOT

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "build_limits.py"))


def test_the_page_is_what_the_script_writes() -> None:
    """The page follows the bounds: `python scripts/build_limits.py` writes it anew."""
    assert SCRIPT["PAGE"].read_text(encoding="utf-8") == SCRIPT["page"]()


def test_the_schema_is_what_the_script_writes() -> None:
    """The keys of `limits` follow the bounds."""
    assert SCRIPT["CATALOG"].read_text(encoding="utf-8") == SCRIPT["schema"]()


def test_every_bound_has_a_key_of_its_own() -> None:
    """No two bounds share a key."""
    keys = [bound.key for _, bound in bounds()]
    assert len(set(keys)) == len(keys) > 0


@pytest.mark.parametrize(("name", "measure", "key"), [(name, one.measure, one.key) for name, one in bounds()])
def test_every_bound_can_be_set(name: str, measure: str, key: str) -> None:
    """A key in gradstream.yaml sets its bound and no other, and its place is known."""
    written, meant = {"count": ("7", 7), "size": ("3kB", 3000), "time": ("2min", 120)}[measure]
    text = f"gradstream: 1\nlimits:\n  {key}: {written}\n"
    reading = load_catalog(read_text(text, file="gradstream.yaml", environ={}), name="lab")
    assert reading.diagnostics == ()
    assert reading.defaults is None
    assert reading.options.limits == Limits(**{name: meant})
    assert reading.options.spans[f"limits.{key}"].line == 3


@pytest.mark.parametrize(
    ("key", "measure", "most"), [(one.key, one.measure, one.most) for _, one in bounds()]
)
def test_no_bound_is_beyond_what_the_engine_can_hold(key: str, measure: str, most: int | None) -> None:
    """The largest value of a key is accepted; one more is a finding that names it."""
    for beyond in (0, 1) if most is not None else ():
        size = (most or 0) + beyond
        text = f"gradstream: 1\nlimits:\n  {key}: {size if measure == 'count' else f'{size}B'}\n"
        reading = load_catalog(read_text(text, file="gradstream.yaml", environ={}), name="lab")
        assert [(found.code, found.span.line) for found in reading.diagnostics] == [("E-RANGE", 3)] * beyond
