"""File names of any bytes end neither the server nor a check: Linux allows them."""

import json
import os
from pathlib import Path

import httpx
import pytest

from tests.acceptance.catalog_feed import follow_catalog
from tests.acceptance.test_reload_files import FILES, said, titled
from tests.conftest import Serve, write_catalog
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

BYTES = b"caf\xe9"
SHOWN = "caf\N{REPLACEMENT CHARACTER}"


def write_odd(folder: Path) -> None:
    """Write a demo, a module, a data file and a folder with a demo, all of a name that is not UTF-8."""
    base = os.fsencode(folder)
    for name in (BYTES + b".yaml", BYTES + b".py", BYTES + b".txt"):
        Path(os.fsdecode(base + b"/" + name)).write_text(titled("Odd"))
    below = Path(os.fsdecode(base + b"/" + BYTES))
    below.mkdir()
    (below / "inner.yaml").write_text(titled("Inner"))


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_written_while_the_server_runs(serve: Serve, options: tuple[str, ...]) -> None:
    """The server goes on, sees what is saved afterwards, and shows such demos as broken, with the reason."""
    server = serve(FILES, *options)
    with follow_catalog(server) as feed:
        write_odd(server.folder / "demos")
        (server.folder / "demos/echo.yaml").write_text(titled("After"))
        feed.until(lambda: {"After", SHOWN} <= {*feed.titles()})
        (server.folder / "demos/second.yaml").write_text(titled("Second"))
        feed.until(lambda: "Second" in feed.titles())
    assert said(server, "echo") == "hello"


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told", "polled"])
def test_there_when_the_server_starts(serve: Serve, tmp_path: Path, options: tuple[str, ...]) -> None:
    """The good demos run; the others are shown as broken, with the reason."""
    (tmp_path / "catalog0/demos").mkdir(parents=True)
    write_odd(tmp_path / "catalog0/demos")
    server = serve(FILES, *options)
    assert said(server, "echo") == "hello"
    answer = httpx.post(f"{server.url}/api/demos/{SHOWN}/runs", json={}, timeout=PATIENCE_S)
    assert answer.status_code == 409
    (found,) = answer.json()["diagnostics"]
    assert (found["code"], found["file"]) == ("E-FILE-NAME", f"demos/{SHOWN}.yaml")
    assert httpx.get(f"{server.url}/demos/{SHOWN}", timeout=PATIENCE_S).status_code == 200


def test_a_catalog_whose_own_name_is_not_utf8(serve: Serve, tmp_path: Path) -> None:
    """It is served, and says of each demo what to do."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + BYTES))
    folder.mkdir()
    (tmp_path / "catalog0").symlink_to(folder)
    server = serve(FILES)
    answer = httpx.post(f"{server.url}/api/demos/echo/runs", json={}, timeout=PATIENCE_S)
    assert [one["code"] for one in answer.json()["diagnostics"]] == ["E-FILE-NAME"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_checked(tmp_path: Path, form: str) -> None:
    """`check` reports each such demo, in every form, given the folder or the file."""
    write_catalog(tmp_path, FILES)
    write_odd(tmp_path / "demos")
    for path in (b"demos", b"demos/" + BYTES + b".yaml", b"demos/" + BYTES):
        arguments = ["check", "--no-import", "--format", form, os.fsdecode(path)]
        ended = run_command(arguments, folder=tmp_path)
        assert ended.returncode == 1, ended.stderr
        report = json.dumps(json.loads(ended.stdout)) if form in ("json", "sarif") else ended.stdout
        assert "E-FILE-NAME" in report
        assert "Traceback" not in ended.stderr
