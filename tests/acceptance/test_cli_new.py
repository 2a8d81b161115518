"""`gradstream new`: from an empty folder to a demo that runs."""

import json
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.conftest import Serve
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

TEMPLATES = ("audio", "chat", "image", "live", "text", "video")


def _gradstream(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, folder=folder)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_runs_as_it_is(template: str, tmp_path: Path) -> None:
    """Two files are written, nothing in them is a mistake, and a run of them succeeds."""
    name = f"my_{template}"
    begun = _gradstream(tmp_path, "new", name, "--template", template)
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout == f"wrote demos/{name}.yaml\nwrote demos/{name}.py\nnow run: gradstream serve\n"
    checked = _gradstream(tmp_path, "check", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "")
    given = {
        "chat": ["--input", "message=hello"],
        "live": ["--input", "text=never odd"],
        "video": ["--input", "seconds=2"],
    }
    ran = _gradstream(tmp_path, "run", name, *given.get(template, []))
    assert ran.returncode == 0, ran.stderr


def test_the_templates_are_listed(tmp_path: Path) -> None:
    """Each with what it shows; nothing is written."""
    listed = _gradstream(tmp_path, "new", "--list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(TEMPLATES)
    assert list(tmp_path.iterdir()) == []


def test_editors_are_led_to_schemas_of_this_version(tmp_path: Path) -> None:
    """The first line names a schema that lies in the catalog; `serve` would bring an old copy up to date."""
    _gradstream(tmp_path, "new", "poem")
    first = (tmp_path / "demos" / "poem.yaml").read_text().splitlines()[0]
    schema = (tmp_path / "demos" / first.partition("$schema=")[2]).resolve()
    assert schema == (tmp_path / ".gradstream" / "schemas" / "demo.schema.json").resolve()
    printed = _gradstream(tmp_path, "schema").stdout
    assert json.loads(schema.read_text()) == json.loads(printed)


async def test_an_empty_folder_says_how_to_begin(serve: Serve) -> None:
    """The page answers, the terminal says what to type, and what is then written appears by itself."""
    server = serve({"notes.md": "Nothing here yet."})
    async with httpx.AsyncClient(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        assert (await client.get("/")).status_code == 200
        assert (await client.get("/api/demos")).json()["demos"] == []
        async with client.stream("GET", "/api/feed?catalog=0", timeout=PATIENCE_S) as feed:
            lines = feed.aiter_lines()
            assert _gradstream(server.folder, "new", "poem").returncode == 0
            async for line in lines:
                if line.startswith("data:") and "poem" in line:
                    break
        assert [demo["address"] for demo in (await client.get("/api/demos")).json()["demos"]] == ["poem"]
    server.read_log(until="gradstream new my_demo")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["my-demo"], "write my_demo"),
        (["json"], "write my_json"),
        (["test"], "write my_test"),
        (["numpy"], "write my_numpy"),
        (["hatchling"], "write my_hatchling"),
        (["2nd"], "write demo_2nd"),
        ([], "a name is missing"),
        (["taken"], "demos/taken.yaml exists already"),
        (["shout", "--from", "nowhere.shout"], "there is no module `nowhere`"),
        (["shout", "--from", "taken.LINE"], "`LINE` is a constant"),
    ],
)
def test_what_cannot_be_begun_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    """Nothing is overwritten, one line says why and what to do, and the exit code is 2."""
    _gradstream(tmp_path, "new", "taken")
    before = (tmp_path / "demos" / "taken.yaml").read_bytes()
    refused = _gradstream(tmp_path, "new", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("gradstream: ")
    assert said in refused.stderr
    assert (tmp_path / "demos" / "taken.yaml").read_bytes() == before
    assert len(list((tmp_path / "demos").iterdir())) == 2
