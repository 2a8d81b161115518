"""`gradstream.yaml` gives options and defaults; a mistake in it costs its own key and nothing else."""

from msgspec.structs import replace

from gradstream.document.read import read_text
from gradstream.format.catalog_file import CatalogReading, load_catalog
from gradstream.format.types import CatalogOptions
from gradstream.limits import Limits

WHOLE = """\
gradstream: 1
title: Lab
description: Small demos.
demos: lab/**/*.yaml
server:
  host: 0.0.0.0
  port: 9000
limits:
  upload: 100MB
  concurrency: 2
access:
  origins: [https://example.org]
defaults:
  author: Ada
  limits:
    queue: 3
theme:
  accent: red
history: true
"""


def load(text: str) -> CatalogReading:
    """Load the text of a gradstream.yaml in a folder named `folder`."""
    return load_catalog(read_text(text, file="gradstream.yaml", environ={"TOKEN": "hush"}), name="folder")


def codes(text: str) -> list[tuple[str, int]]:
    """Return code and line of each finding."""
    return [(each.code, each.span.line) for each in load(text).diagnostics]


def test_everything_that_is_served() -> None:
    """Options are read with their units, and what concerns demos is laid below them."""
    reading = load(WHOLE)
    assert {key: span.line for key, span in reading.options.spans.items()} == {
        "server.host": 6,
        "server.port": 7,
        "limits.upload": 9,
        "access.origins": 12,
    }
    assert replace(reading.options, spans={}) == CatalogOptions(
        title="Lab",
        description="Small demos.",
        demos=("lab/**/*.yaml",),
        defaults={"author": "Ada", "limits": {"queue": 3, "concurrency": 2}},
        host="0.0.0.0",  # noqa: S104 (the value in the file)
        port=9000,
        origins=("https://example.org",),
        limits=Limits(upload_bytes=100_000_000),
    )
    assert [(each.code, each.span.line) for each in reading.diagnostics] == [
        ("W-NOT-YET-SERVED", 17),
        ("W-NOT-YET-SERVED", 19),
    ]


def test_the_least_that_a_catalog_says() -> None:
    """The marker alone is a catalog with defaults, named after its folder."""
    reading = load("gradstream: 1\n")
    assert reading.options == CatalogOptions(title="folder")
    assert (reading.defaults, reading.diagnostics) == (None, ())


def test_a_mistake_costs_its_key() -> None:
    """Other keys hold."""
    reading = load("gradstream: 1\ntitle: Lab\nserver: {port: high, host: lab.local}\ndefault: {}\n")
    assert (reading.options.title, reading.options.host, reading.options.port) == ("Lab", "lab.local", None)
    assert [(each.code, each.span.line) for each in reading.diagnostics] == [
        ("E-TYPE", 3),
        ("E-UNKNOWN-KEY", 4),
    ]


def test_a_mistake_in_the_defaults_is_told_here_once() -> None:
    """Demos start from what is sound in the defaults."""
    reading = load("gradstream: 1\ndefaults:\n  author: Ada\n  limits: {concurrency: none}\n  tags: x\n")
    assert reading.options.defaults == {"author": "Ada", "limits": {}}
    assert [each.span.line for each in reading.diagnostics] == [4, 5]


def test_what_is_no_catalog() -> None:
    """A file without keys, without the marker, or that is no YAML leaves a catalog with defaults."""
    assert codes("") == [("E-NOT-A-CATALOG", 1)]
    assert codes("- a\n") == [("E-NOT-A-CATALOG", 1)]
    assert codes("title: Lab\n") == [("E-MISSING-KEY", 1)]
    assert codes("title: [\n") == [("E-YAML", 1)]
    assert codes("gradstream: 2\n") == [("E-FORMAT-VERSION", 1)]
    assert load("title: [\n").options == CatalogOptions(title="folder")


def test_globs_stay_in_the_folder() -> None:
    """A catalog has no demos outside of its folder."""
    text = "gradstream: 1\ndemos:\n- ../others/*.yaml\n- /etc/*.yaml\n- ok/*.yaml\n"
    assert codes(text) == [("E-OUTSIDE", 3), ("E-OUTSIDE", 4)]


def test_access_is_no_small_matter() -> None:
    """Who may open the demos is laid below each of them, where it keeps them from being served."""
    reading = load("gradstream: 1\naccess:\n  token: ${TOKEN}\n")
    assert reading.options.defaults == {"access": {"token": "hush"}}
    assert reading.defaults is not None
    assert reading.defaults.is_secret(("access", "token"))
