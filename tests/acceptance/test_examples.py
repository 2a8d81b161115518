"""Every case in tests/examples: valid ones load, invalid ones give the report and the fixes beside them."""

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest

from gradstream.catalog.checked_file import check_data
from gradstream.catalog.scan import CheckResult, files_to_check, read_file
from gradstream.components.registry import INPUTS, OUTPUTS
from gradstream.diagnostics import Diagnostic, Fix
from gradstream.document.read import read
from gradstream.encoding import BYTE_ORDER_MARK, NotUtf8, decode
from gradstream.repairs.edits import apply
from gradstream.repairs.safe import repaired
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


@pytest.mark.parametrize(("file", "kinds"), [("every_input_kind", INPUTS), ("every_output_kind", OUTPUTS)])
def test_the_cases_of_every_kind_have_every_kind(file: str, kinds: Collection[str]) -> None:
    """A new kind is added to the case; a chat, which needs a message, has cases of its own."""
    checked = read_file(EXAMPLES / "valid" / f"{file}.yaml", environ=ENVIRON)
    (demo,) = checked.demos
    found = {each.kind for each in (demo.inputs if kinds is INPUTS else demo.outputs)}
    assert found == {*kinds} - {"chat"}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_cases_give_their_report(path: Path, monkeypatch: pytest.MonkeyPatch, exact: Exact) -> None:
    """An invalid case gives its report to the letter, and no demo."""
    checked, text = check(path, monkeypatch)
    exact.report(path.with_suffix(".report"), text)
    assert checked.demos == ()


def ways(text: str, found: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, Fix, str]]:
    """Yield each fix of each finding, and the text that it makes."""
    for each in found:
        for fix in each.fixes:
            changed = apply(text, fix.edits)
            assert changed is not None
            yield each, fix, changed.text


def shown(text: str, found: Sequence[Diagnostic]) -> str:
    """Return the fixes as differences, to compare with the file beside a case."""
    parts = []
    for each, fix, changed in ways(text, found):
        lines = difflib.unified_diff(text.splitlines(), changed.splitlines(), n=0, lineterm="")
        changes = [line for line in lines if line[:3] not in ("---", "+++")]
        parts.append("\n".join([f"{each.code}: {fix.title}", *changes]))
    return "\n\n".join(parts)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_each_repair_of_an_invalid_case_works(
    path: Path, monkeypatch: pytest.MonkeyPatch, exact: Exact
) -> None:
    """A case has its fixes beside it; each removes its finding and brings none, one after the other too."""
    checked, _ = check(path, monkeypatch)
    text = decode(path.read_bytes())
    if isinstance(text, NotUtf8):
        assert [each.fixes for each in checked.diagnostics] == [()]
        return
    text = text.lstrip(BYTE_ORDER_MARK)
    exact.report(path.with_suffix(".fixes"), shown(text, checked.diagnostics))
    before = Counter(each.code for each in checked.diagnostics)
    (target,) = files_to_check([Path(path.name)], environ=ENVIRON)

    def findings(text: str) -> Sequence[Diagnostic]:
        assert target.found is not None
        return check_data(text.encode(), target.found, target.context, asked=True).diagnostics

    for each, _fix, changed in ways(text, checked.diagnostics):
        assert Counter(one.code for one in findings(changed)) <= before - Counter([each.code])
    after = repaired(text, findings)
    assert len(findings(after)) <= len(checked.diagnostics)
    assert repaired(after, findings) == after


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
