"""`cache`: which demos can show their examples from recordings, and what is said where they cannot."""

from pathlib import Path

import pytest

from gradstream.components.registry import KINDS
from gradstream.document.read import read_text
from gradstream.format.catalog_file import load_catalog
from gradstream.format.draft import DemoPlace
from gradstream.format.load import load_demo
from tests.unit.format.demos import MODULE, read_demo

DEMO = """\
gradstream: 1
generator: studio.echo
cache: true
inputs:
  text: text
outputs:
  answer: text
examples:
  - text: Hello
"""


def test_a_demo_whose_values_decide(tmp_path: Path) -> None:
    """One button, inputs alone, examples: nothing is said."""
    loaded = read_demo(tmp_path, DEMO)
    assert loaded.demo is not None
    assert (loaded.demo.cache, loaded.diagnostics) == (True, ())
    without = read_demo(tmp_path, DEMO.replace("cache: true", "cache: false")).demo
    assert without is not None
    assert not without.cache


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (DEMO.partition("examples:")[0], "there are none"),
        (DEMO + "state:\n  total: 0\n", "`state`, which each visitor has"),
        (DEMO.replace("studio.echo", "studio.greet"), "`session` of the visitor"),
        (DEMO.replace("answer: text", "answer: chat"), "the conversation before it"),
        (
            DEMO.replace(
                "generator: studio.echo",
                "actions:\n  a: {generator: studio.echo}\n  b: {generator: studio.echo}",
            ),
            "which of the actions is meant",
        ),
        (
            DEMO.replace("generator: studio.echo", "actions:\n  a: {generator: studio.echo, live: true}"),
            "starts by itself",
        ),
        (
            DEMO.replace("generator: studio.echo", "actions:\n  a: {generator: studio.echo, every: 5s}"),
            "starts by itself",
        ),
        (
            DEMO.replace(
                "generator: studio.echo", "actions:\n  a: {generator: studio.echo, runs_on: {change: [text]}}"
            ),
            "starts by itself",
        ),
        (
            DEMO.replace(
                "generator: studio.echo",
                "actions:\n  a: {generator: studio.anything, inputs: [text, answer]}",
            ),
            "what an output shows",
        ),
    ],
)
def test_what_depends_on_more_than_the_values(tmp_path: Path, written: str, why: str) -> None:
    """Such a demo is served, its examples are run each time, and its author learns why."""
    loaded = read_demo(tmp_path, written)
    assert loaded.demo is not None, loaded.diagnostics
    (warning,) = [one for one in loaded.diagnostics if one.code == "W-NOT-CACHED"]
    assert why in warning.message
    assert warning.span.line == next(
        n for n, line in enumerate(written.splitlines(), 1) if line.startswith("cache")
    )
    assert not loaded.demo.cache


def test_for_a_whole_catalog_it_is_meant_where_it_is_possible(tmp_path: Path) -> None:
    """As a default of all demos it is no mistake in any of them."""
    (tmp_path / "studio.py").write_text(MODULE)
    catalog = load_catalog(
        read_text("gradstream: 1\ndefaults:\n  cache: true\n", file="gradstream.yaml", environ={}), name="lab"
    )
    place = DemoPlace(address="sketch", file="sketch.yaml", folder=str(tmp_path), root=str(tmp_path))
    for text, is_cached in ((DEMO, True), (DEMO.partition("examples:")[0], False)):
        reading = read_text(text.replace("cache: true\n", ""), file="sketch.yaml", environ={})
        loaded = load_demo(reading, place=place, kinds=KINDS, defaults=catalog.defaults)
        assert loaded.demo is not None
        assert (loaded.demo.cache, loaded.diagnostics) == (is_cached, ())
