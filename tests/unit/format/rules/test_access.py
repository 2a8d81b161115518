"""Who is let in, as far as files say; a mistake never opens what was to be guarded."""

from pathlib import Path
from typing import Any

import pytest

from gradstream.catalog.checked_file import CheckedFile, check_data, read_context
from gradstream.catalog.discovery import DemoFile, demo_file_at
from gradstream.diagnostics import Diagnostic
from gradstream.format.gate import CLOSED, OPEN, Gate, proof_of
from gradstream.format.types import CatalogOptions

ENVIRON = {"ADA": "correct horse", "DIGITS": "0123456789", "EMPTY": ""}
DEMO = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\n"


def catalog(folder: Path, written: str) -> tuple[CatalogOptions, tuple[Diagnostic, ...]]:
    """Return what a catalog's file says, after `gradstream: 1`, and what is wrong with it."""
    (folder / "gradstream.yaml").write_text(f"gradstream: 1\n{written}", encoding="utf-8")
    read = read_context(folder, environ=ENVIRON).catalog
    return read.options, read.diagnostics


def demo(folder: Path, written: str) -> CheckedFile:
    """Return a demo of the catalog in this folder."""
    (folder / "studio.py").write_text("def anything():\n    yield ''\n", encoding="utf-8")
    path = folder / "a.yaml"
    found: DemoFile = demo_file_at(path, "a.yaml", fixed="")
    return check_data((DEMO + written).encode(), found, read_context(folder, environ=ENVIRON))


def test_users_and_a_token(tmp_path: Path) -> None:
    """Names are compared as they are, and secrets by their proof; no secret is in what is kept."""
    options, found = catalog(
        tmp_path, "access:\n  users: {ada: '${ADA}', 7: '${DIGITS}'}\n  token: '${DIGITS}${DIGITS}'\n"
    )
    assert found == ()
    assert options.gate == Gate(
        users={"ada": proof_of("correct horse"), "7": proof_of("0123456789")},
        token=proof_of("01234567890123456789"),
    )
    assert "correct horse" not in repr(options.gate)
    assert set(options.secrets) >= {"correct horse", "0123456789"}


def test_a_number_is_a_password_as_it_is_written(tmp_path: Path) -> None:
    """A password of digits keeps its zeros."""
    options, _ = catalog(tmp_path, "access:\n  users: {ada: 01234567, bob: 1.50000000}\n")
    assert options.gate.users == {"ada": proof_of("01234567"), "bob": proof_of("1.50000000")}


def test_letters_are_the_same_however_they_are_typed() -> None:
    """A phone may send the letter and its accent as two."""
    assert proof_of("caf\u00e9") == proof_of("cafe\u0301")


@pytest.mark.parametrize(
    "written",
    [
        "access: {users: ada}\n",
        "access: {users: [ada]}\n",
        "access: {users: {ada: }}\n",
        "access: {users: {ada: ''}}\n",
        "access: {users: {ada: '${EMPTY}'}}\n",
        "access: {users: {ada: '${MISSING}'}}\n",
        "access: {users: {' ': abcdefgh}}\n",
        "access: {users: {ada: '" + "x" * 1001 + "'}}\n",
        "access: {user: {ada: abcdefgh}}\n",
        "access: {token: [a]}\n",
        "access: [users]\n",
        "acces: {users: {ada: abcdefgh}}\n",
        "auth: [ada, abcdefgh]\n",
        "users: {ada: abcdefgh}\n",
        "defaults: {access: {users: ada}}\n",
        "access: {users: {ada: abcdefgh}\n",
        "access:\n  users:\n    ada: abc\n   bob: x\n",
    ],
)
def test_a_mistake_closes(tmp_path: Path, written: str) -> None:
    """What was to say who is let in, and cannot be read, lets nobody in; it is an error."""
    options, found = catalog(tmp_path, written)
    assert options.gate == CLOSED
    assert any(each.is_error for each in found)


@pytest.mark.parametrize(
    "written",
    ["", "title: 7\n", "access: {origins: [foo]}\n", "access: {headers: [X]}\n", "limits: {queue: many}\n"],
)
def test_other_mistakes_close_nothing(tmp_path: Path, written: str) -> None:
    """A mistake elsewhere costs the key that it is in."""
    assert catalog(tmp_path, written)[0].gate == OPEN


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("access: {users: {ada: '${ADA}'}}\n", []),
        ("access: {users: {ada: abcdefgh}}\n", ["W-PLAIN-SECRET"]),
        ("access: {users: {ada: '${NONE:-abcdefgh}'}}\n", ["W-PLAIN-SECRET"]),
        ("access: {users: {ada: abc}}\n", ["W-PLAIN-SECRET", "W-WEAK-SECRET"]),
        ("access: {token: '${DIGITS}'}\n", ["W-WEAK-SECRET"]),
        ("access: {users: {}}\n", ["W-GUARDS-NOTHING"]),
        ("access: {users: {}, token: '${DIGITS}${DIGITS}'}\n", []),
    ],
)
def test_what_is_told(tmp_path: Path, written: str, codes: list[str]) -> None:
    """Plain text, short secrets and empty lists are warnings."""
    _, found = catalog(tmp_path, written)
    assert [(each.code, each.severity) for each in found] == [(code, "warning") for code in codes]


def test_a_demo_s_own_take_the_place_of_both(tmp_path: Path) -> None:
    """Who is in the catalog's list is not in that of a demo with its own; other keys change nothing."""
    catalog(tmp_path, "access: {users: {ada: '${ADA}'}, token: '${DIGITS}${DIGITS}'}\n")
    assert _gate(demo(tmp_path, "")) is None
    assert _gate(demo(tmp_path, "access: {headers: [x-role]}\n")) is None
    assert _gate(demo(tmp_path, "access: {users: {bob: '${DIGITS}'}}\n")) == Gate(
        users={"bob": proof_of("0123456789")}
    )
    assert _gate(demo(tmp_path, "access: {users: {}}\n")) == OPEN
    assert demo(tmp_path, "access: {users: {}}\n").diagnostics == ()
    found = demo(tmp_path, "").demo
    assert found is not None
    assert "correct horse" in found.secrets


def test_defaults_of_demos(tmp_path: Path) -> None:
    """Users under `defaults` are those of each demo, and not added to a demo's own."""
    options, _ = catalog(tmp_path, "defaults: {access: {users: {ada: '${ADA}'}}}\n")
    assert options.gate == OPEN
    assert _gate(demo(tmp_path, "")) == Gate(users={"ada": proof_of("correct horse")})
    own = _gate(demo(tmp_path, "access: {users: {bob: '${DIGITS}'}}\n"))
    assert own == Gate(users={"bob": proof_of("0123456789")})


def test_a_broken_demo_stays_guarded(tmp_path: Path) -> None:
    """Its page shows its source: to who may open it, and to nobody where that cannot be read."""
    guarded = "access: {users: {bob: '${DIGITS}'}}\n"
    assert _gate(demo(tmp_path, f"{guarded}x: 1\n")) == Gate(users={"bob": proof_of("0123456789")})
    assert _gate(demo(tmp_path, "access: {users: [bob]}\n")) == CLOSED
    assert _gate(demo(tmp_path, f"{guarded}x: [\n")) == CLOSED
    assert _gate(demo(tmp_path, "x: [\n")) is None


def test_a_revision_says_nothing_of_passwords(tmp_path: Path) -> None:
    """Everybody reads it, and could compare it with that of a password that is guessed."""
    demo(tmp_path, "")
    catalog(tmp_path, "access: {users: {ada: '${ADA}'}}\n")
    assert _revision(tmp_path) == _revision(tmp_path, ADA="another horse")


def _revision(folder: Path, **environ: str) -> Any:
    found = demo_file_at(folder / "a.yaml", "a.yaml", fixed="")
    context = read_context(folder, environ={**ENVIRON, **environ})
    text = DEMO + "access: {users: {bob: '${ADA}'}}\n"
    checked = check_data(text.encode(), found, context).demo
    assert checked is not None
    return checked.revision


def _gate(checked: CheckedFile) -> Gate | None:
    own = checked.demo or checked.broken
    assert own is not None
    return own.gate
