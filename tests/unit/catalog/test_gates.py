"""Saving files while the server runs: nobody is let in by a mistake, and what is said well holds at once."""

from pathlib import Path

import pytest

from gradstream.catalog.incremental import reread
from gradstream.catalog.last_good import keep_last_good
from gradstream.catalog.scan import read_catalog
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import CatalogSnapshot
from gradstream.format.gate import CLOSED, OPEN, Gate, proof_of
from gradstream.limits import Limits
from gradstream.server.http.admission import Admission
from tests.unit.catalog.folders import good, write

ADA, BOB = "correct horse", "another horse"
TWO = f"gradstream: 1\naccess:\n  users:\n    ada: {ADA}\n    bob: {BOB}\n"
ONE = f"gradstream: 1\naccess:\n  users:\n    bob: {BOB}\n"
OF_TWO = Gate(users={"ada": proof_of(ADA), "bob": proof_of(BOB)})
OF_ONE = Gate(users={"bob": proof_of(BOB)})


def saved(snapshot: CatalogSnapshot, name: str, text: str | None) -> CatalogSnapshot:
    """Return the snapshot after a file was written, or removed."""
    path = Path(snapshot.root, name)
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    after = reread(snapshot, [path], environ={})
    return keep_last_good(snapshot, after, environ={})


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        (ONE, OF_ONE),
        (ONE + "tittle: Lab\n", OF_ONE),
        ("gradstream: 1\n", OPEN),
        ("", OF_TWO),
        (None, OF_TWO),
        ("gradstream: 1\naccess: [\n", OF_TWO),
        ("gradstream: 1\naccess:\n  users: ada\n", OF_TWO),
        ("gradstream: 1\naccess:\n  users: {ada: '${MISSING}'}\n", OF_TWO),
        ("gradstream: 1\nacces:\n  users: {ada: abcdefgh}\n", OF_TWO),
        ("gradstream: 2\naccess:\n  users: {ada: abcdefgh}\n", OF_TWO),
        ("gradstream: 1\nlimits: {queue: many}\n", OF_TWO),
    ],
)
def test_a_save_of_the_catalog(tmp_path: Path, text: str | None, gate: Gate) -> None:
    """Its users are those of the last file that says well who they are."""
    write(tmp_path, **{"gradstream.yaml": TWO}, demos__a=good())
    after = saved(read_catalog(tmp_path, environ={}), "gradstream.yaml", text)
    assert after.options.gate == gate
    assert "a" in after.demos


def test_a_mistake_in_the_first_users(tmp_path: Path) -> None:
    """A catalog that was open is closed: somebody wanted to guard it."""
    write(tmp_path, **{"gradstream.yaml": "gradstream: 1\n"}, demos__a=good())
    after = saved(
        read_catalog(tmp_path, environ={}), "gradstream.yaml", "gradstream: 1\naccess: {users: ada}\n"
    )
    assert after.options.gate == CLOSED


@pytest.mark.parametrize(
    ("access", "gate"),
    [
        (f"access: {{users: {{bob: {BOB}}}}}\n", OF_ONE),
        (f"access: {{users: {{bob: {BOB}}}}}\nx: 1\n", OF_ONE),
        ("", OPEN),
        ("access: {users: bob}\n", OF_TWO),
        ("x: [\n", OF_TWO),
        ("x: 1\n", OF_TWO),
    ],
)
def test_a_save_of_a_demo(tmp_path: Path, access: str, gate: Gate) -> None:
    """A demo that is shown as it was before a mistake is guarded by who was let in, and is let in now."""
    own = f"access: {{users: {{ada: {ADA}, bob: {BOB}}}}}\n"
    write(tmp_path, demos__a=good() + own)
    before = read_catalog(tmp_path, environ={})
    store = CatalogStore(before)
    admission = Admission(store, Limits())
    assert admission.gate("a") == OF_TWO
    store.swap(saved(before, "demos/a.yaml", good() + access))
    assert admission.gate("a") == gate


def test_a_token_from_a_file(tmp_path: Path) -> None:
    """A variable that was read from a file ends in a line break, which nobody sends; zeros stay."""
    write(tmp_path, **{"gradstream.yaml": "gradstream: 1\naccess:\n  token: ${TOKEN}\n"}, demos__a=good())
    for token in ("0123456789012345\n", "0123456789012345"):
        options = read_catalog(tmp_path, environ={"TOKEN": token}).options
        assert options.gate == Gate(token=proof_of("0123456789012345"))
