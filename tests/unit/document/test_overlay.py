"""A document laid below another fills in what that leaves out."""

from gradstream.document.overlay import lay_below, part
from gradstream.document.read import read_text
from gradstream.document.types import Document


def document(text: str, *, file: str) -> Document:
    """Read a document with one variable in the environment."""
    read = read_text(text, file=file, environ={"TOKEN": "hush"}).document
    assert read is not None
    return read


UPPER = "title: Mine\nlimits:\n  queue: 3\ntags: [a]\n"
LOWER = """\
defaults:
  title: Theirs
  limits:
    queue: 9
    concurrency: 1
  tags: [b, c]
  with:
    token: ${TOKEN}
"""


def laid() -> Document:
    """Lay the defaults of a catalog below a demo."""
    catalog = document(LOWER, file="gradstream.yaml")
    return lay_below(document(UPPER, file="demo.yaml"), part(catalog, ("defaults",)))


def test_mappings_merge_and_everything_else_is_replaced() -> None:
    """The upper document's values win, key by key."""
    assert laid().values == {
        "title": "Mine",
        "limits": {"queue": 3, "concurrency": 1},
        "tags": ["a"],
        "with": {"token": "hush"},
    }


def test_a_value_from_below_has_its_own_file_and_line() -> None:
    """A mistake in the defaults is reported where the defaults are."""
    merged = laid()
    assert merged.span(("limits", "queue")).file == "demo.yaml"
    below = merged.span(("limits", "concurrency"))
    assert (below.file, below.line) == ("gradstream.yaml", 5)


def test_secrets_stay_secret() -> None:
    """A variable in the defaults is as secret as one in the demo."""
    assert laid().is_secret(("with", "token"))


def test_holes_that_are_covered_do_not_show() -> None:
    """What the upper document says itself does not depend on the lower one's mistakes."""
    lower = document("title: ${NOBODY}\nauthor: ${NOBODY}\n", file="gradstream.yaml")
    merged = lay_below(document("title: Mine\n", file="demo.yaml"), lower)
    assert merged.holes == {("author",)}
