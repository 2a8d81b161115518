"""Bounds of `gradstream.yaml` hold in a server: of what it reads, answers and tells its workers."""

from pathlib import Path

import httpx

from gradstream.catalog.scan import read_catalog
from tests.conftest import Serve, write_catalog
from tests.forked_command import run_command
from tests.patience import PATIENCE_S
from tests.unit.catalog.folders import good, write

CATALOG = """
gradstream: 1
errors: shown
limits:
  detail_length: 20
  feed_wait: 7s
  shown_length: 8
  message_length: 10
"""
FILES = {
    "gradstream.yaml": CATALOG,
    "demos/fail.yaml": "gradstream: 1\ngenerator: fail.run\noutputs: {out: text}\n",
    "demos/fail.py": "def run():\n    yield 'begun'\n    raise ValueError('x' * 100)\n",
}
LIMITS = {"yaml_size": "400B", "yaml_values": "30", "examples_size": "40B"}


def test_how_much_of_a_value_is_shown(serve: Serve) -> None:
    """In a refusal, in its detail, and in what is said of an exception in a worker."""
    server = serve(FILES)
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        refused = client.post("/api/demos/fail/runs", json={"inputs": {"n" * 30: 1}})
        assert refused.json()["diagnostics"][0]["found"] == f"`{'n' * 7}…`"
        cut = client.get("/api/feed", params={"catalog": 1, "wait": 8})
        assert cut.json()["detail"] == "wait takes 0 to 7 se…"
        answer = client.post(
            "/api/demos/fail/runs", json={"inputs": {}}, headers={"accept": "text/event-stream"}
        )
        assert f"ValueError: {'x' * 9}…" in answer.text


def test_how_large_files_of_demos_may_be(tmp_path: Path) -> None:
    """The YAML of a demo in bytes and in values, and its file of examples; each is refused beyond."""
    tags = f"tags: [{', '.join(f't{number}' for number in range(20))}]\n"
    rows = "examples: rows.csv\n"
    (tmp_path / "demos").mkdir()
    (tmp_path / "demos" / "rows.csv").write_text("text\n" + "hello\n" * 10)
    write(tmp_path, demos__a=good(), demos__b=good() + "#" * 500 + "\n", demos__c=good() + tags)
    write(tmp_path, demos__d=good() + rows)
    for limits, broken in (
        ({}, {}),
        ({"yaml_size": LIMITS["yaml_size"]}, {"b": "E-FILE-TOO-LARGE"}),
        ({"yaml_values": LIMITS["yaml_values"]}, {"c": "E-TOO-MANY-VALUES"}),
        ({"examples_size": LIMITS["examples_size"]}, {"d": "E-EXAMPLES-FILE"}),
    ):
        keys = "".join(f"  {key}: {value}\n" for key, value in limits.items())
        text = f"gradstream: 1\nlimits:\n{keys}" if keys else "gradstream: 1\n"
        (tmp_path / "gradstream.yaml").write_text(text)
        found = read_catalog(tmp_path, environ={}).broken
        assert {name: one.diagnostics[0].code for name, one in found.items()} == broken


def test_a_larger_file_than_usual(tmp_path: Path) -> None:
    """A catalog may also allow more."""
    write(tmp_path, demos__a=good() + "#" * 2**20 + "\n")
    (tmp_path / "gradstream.yaml").write_text("gradstream: 1\nlimits:\n  yaml_size: 3MiB\n")
    assert [*read_catalog(tmp_path, environ={}).demos] == ["a"]


def test_a_run_in_the_terminal_has_the_limits_of_its_catalog(tmp_path: Path) -> None:
    """By address and by file."""
    folder = write_catalog(tmp_path, FILES)
    for named in ("fail", str(folder / "demos" / "fail.yaml")):
        ran = run_command(["run", named], folder=folder, joined=True)
        assert f"ValueError: {'x' * 9}…\n" in ran.stdout
