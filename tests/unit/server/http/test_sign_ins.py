"""Who is signed in, and for how long."""

from gradstream.limits import Limits
from gradstream.server.http.sign_ins import SignIns, key_of

PROOF = b"proof"


def test_each_sign_in_has_a_value_of_its_own() -> None:
    """Nobody can know it before, and of it only a digest is kept."""
    known = SignIns(Limits())
    first, second = known.start("ada", PROOF), known.start("ada", PROOF)
    assert first != second
    assert len(first) >= 20
    found = known.find(key_of(first))
    assert found is not None
    assert (found.name, found.proof) == ("ada", PROOF)
    assert known.find(first) is None
    assert first not in repr(vars(known))


def test_more_sign_ins_than_are_kept() -> None:
    """The oldest is ended."""
    known = SignIns(Limits(sign_ins=2))
    cookies = [known.start(name, PROOF) for name in ("ada", "bob", "eve")]
    assert [known.find(key_of(cookie)) is not None for cookie in cookies] == [False, True, True]


def test_a_sign_in_lasts_for_its_time() -> None:
    """After it who was signed in is asked again, and what is open is told."""
    now, told = [0.0], []
    known = SignIns(Limits(sign_in_s=60), now=lambda: now[0])
    early, late = known.start("ada", PROOF), known.start("ada", PROOF)
    known.watch(lambda: told.append(now[0]))
    now[0] = 59.0
    known.forget_old()
    assert known.find(key_of(early)) is not None
    now[0] = 60.0
    assert known.find(key_of(early)) is None
    known.forget_old()
    assert known.find(key_of(late)) is None
    assert told == [60.0]


def test_signing_out_is_told_once() -> None:
    """Whatever was opened with it hears of it, until it no longer wants to."""
    told: list[str] = []
    known = SignIns(Limits())
    cookie = known.start("ada", PROOF)
    undo = known.watch(lambda: told.append("out"))
    known.end(key_of(cookie))
    known.end(key_of(cookie))
    undo()
    known.end(key_of(known.start("ada", PROOF)))
    assert told == ["out"]
