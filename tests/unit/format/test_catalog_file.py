"""`gradstream.yaml` gives options and defaults; a mistake in it costs its own key and nothing else."""

import pytest
from msgspec.structs import replace

from gradstream.document.read import read_text
from gradstream.format.catalog_file import CatalogReading, load_catalog
from gradstream.format.gate import Gate, proof_of
from gradstream.format.theme.types import Theme
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
  accent: "#0b63be"
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
        "history": 19,
    }
    assert reading.options.theme.accent == {"light": "#0b63be", "dark": "#0b63be"}
    assert replace(reading.options, spans={}, theme=Theme()) == CatalogOptions(
        title="Lab",
        description="Small demos.",
        demos=("lab/**/*.yaml",),
        defaults={"author": "Ada", "limits": {"queue": 3, "concurrency": 2}},
        host="0.0.0.0",  # noqa: S104 (the value in the file)
        port=9000,
        origins=("https://example.org",),
        limits=Limits(upload_bytes=100_000_000),
        history_s=168 * 3600.0,
    )
    assert [(each.code, each.span.line) for each in reading.diagnostics] == [("W-CONTRAST", 18)]


@pytest.mark.parametrize(
    ("written", "kept_s"),
    [("false", None), ("true", 7 * 86400.0), ("{keep: 24h}", 86400.0), ("{}", 7 * 86400.0)],
)
def test_history(written: str, kept_s: float | None) -> None:
    """Off unless it is asked for; then a week, or as long as is said."""
    reading = load(f"gradstream: 1\nhistory: {written}\n")
    assert (reading.options.history_s, reading.diagnostics) == (kept_s, ())
    assert load("gradstream: 1\n").options.history_s is None


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
    """Who may open the demos is kept as a proof, and is laid below none of them."""
    reading = load("gradstream: 1\naccess:\n  token: ${TOKEN}\n")
    assert reading.options.gate == Gate(token=proof_of("hush"))
    assert reading.options.defaults == {}


def test_what_is_in_front_of_the_server() -> None:
    """Proxies are addresses and networks, never names; hosts are names without a port."""
    text = "gradstream: 1\nserver:\n  root_path: /lab\n  proxies:\n    - 127.0.0.1\n    - 10.0.0.0/8\n"
    reading = load(text + "access:\n  hosts: [lab.example.org, '*.example.org']\n")
    assert reading.diagnostics == ()
    assert reading.options.proxies == ("127.0.0.1", "10.0.0.0/8")
    assert reading.options.hosts == ("lab.example.org", "*.example.org")
    assert reading.options.root_path == "/lab"
    hosts = "access:\n  hosts: ['https://lab.example.org', 'lab.example.org:80']\n"
    wrong = load(text + "    - nginx\n    - 300.1.1.1\n" + hosts)
    assert [(each.code, each.span.line) for each in wrong.diagnostics if each.span.line in (7, 8)] == [
        ("E-VALUE", 7),
        ("E-VALUE", 8),
    ]
    assert [each.span.line for each in wrong.diagnostics if each.span.line > 8] == [10, 10]


def test_what_visitors_read_is_laid_below_every_demo() -> None:
    """`errors`, `source` and `embed` of the catalog hold for the demos that do not say themselves."""
    text = "gradstream: 1\nerrors: shown\nsource: hidden\nembed:\n  origins: [https://blog.example.org]\n"
    reading = load(text)
    assert reading.diagnostics == ()
    assert reading.options.defaults == {
        "errors": "shown",
        "source": "hidden",
        "embed": {"origins": ["https://blog.example.org"]},
    }


def test_a_secret_is_in_no_title() -> None:
    """A variable that is a secret in the defaults is masked where the catalog shows it."""
    reading = load("gradstream: 1\ntitle: Of ${TOKEN}\ndefaults:\n  with:\n    key: ${TOKEN}\n")
    assert reading.options.title == "Of •••"
