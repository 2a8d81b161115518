"""Every case in tests/examples: valid ones load, invalid ones give exactly the report beside them."""

from pathlib import Path

import pytest

from gradstream.catalog.scan import CheckResult, read_file
from gradstream.document.read import read
from gradstream.report.terminal import render
from tests.exact import Exact
from tests.unit.format.chain import departures_both_ways

EXAMPLES = Path(__file__).parents[1] / "examples"
ENVIRON = {"TITLE": "Tuned", "SCALE": "1.5", "TOKEN": "hush"}
VALID = sorted((EXAMPLES / "valid").glob("*.yaml"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.yaml"))


def check(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[CheckResult, str]:
    """Check one case as `gradstream check NAME.yaml` does in its folder; also return the terminal's text."""
    monkeypatch.chdir(path.parent)
    checked = read_file(Path(path.name), environ=ENVIRON)
    return checked, render(checked.diagnostics, root=Path())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_cases_load(path: Path, monkeypatch: pytest.MonkeyPatch, exact: Exact) -> None:
    """A valid case is a demo, with no more to say about it than the warnings beside it."""
    checked, text = check(path, monkeypatch)
    exact.report(path.with_suffix(".report"), text)
    assert len(checked.demos) == 1


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_cases_give_their_report(path: Path, monkeypatch: pytest.MonkeyPatch, exact: Exact) -> None:
    """An invalid case gives its report to the letter, and no demo."""
    checked, text = check(path, monkeypatch)
    exact.report(path.with_suffix(".report"), text)
    assert checked.demos == ()


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_every_diagnostic_is_complete(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each diagnostic says where, what was expected, what was found and what to do, and shows no secret."""
    checked, text = check(path, monkeypatch)
    for each in checked.diagnostics:
        assert each.span.line >= 1
        assert each.span.column >= 1
        assert (each.span.end_line, each.span.end_column) >= (each.span.line, each.span.column)
        assert all((each.message, each.expected, each.found, each.repair))
        assert not each.message.endswith(".")
    assert ENVIRON["TOKEN"] not in text


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=lambda path: path.stem)
def test_editors_and_engine_agree(path: Path) -> None:
    """The chain of if/then that editors follow finds fault where the way straight to a kind does."""
    document = read(path.read_bytes(), file=path.name, environ=ENVIRON).document
    if document is None:
        return
    by_chain, straight = departures_both_ways(document.values)
    assert by_chain == straight
