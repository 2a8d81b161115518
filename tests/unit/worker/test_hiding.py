"""Secrets are taken out of texts."""

from gradstream.worker.hiding import HIDDEN, hide


def test_the_longest_secret_goes_first() -> None:
    """A secret that contains another leaves nothing of itself behind."""
    assert hide("abcdef and abc", {"abc", "abcdef"}) == f"{HIDDEN} and {HIDDEN}"


def test_a_text_without_secrets_stays_as_it_is() -> None:
    """Nothing is hidden where there is nothing to hide."""
    assert hide("as it is", ()) == "as it is"
