"""A user's install: checkout -> sdist -> wheel, without Node.js -> empty environment -> served demo.

The npm packages are those that `make install` has unpacked by the same lock file: to do that again takes
longer than all else here.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.packaging.environment import install, run
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "web" / "node_modules"

NPM = """\
#!/bin/sh
echo "$@" >>"$0.calls"
[ "$1" = ci ] || exec {npm} "$@"
mkdir node_modules && exec ln -s {modules}/.bin {modules}/* node_modules
"""
"""Installs by links to what is installed, and leaves all else to the real npm."""

DEMO = """\
gradstream: 1
title: From the wheel
generator: numbers_of.count
inputs:
  limit:
    type: slider
    minimum: 1
    maximum: 5
    default: 3
outputs:
  number:
    type: number
"""
GENERATOR = """\
def count(limit):
    for index in range(limit):
        yield index
"""


def only(folder: Path, pattern: str) -> Path:
    """Return the one file of a folder that fits a pattern."""
    (found,) = folder.glob(pattern)
    return found


def build(tree: Path, target: str, *, env: dict[str, str] | None = None) -> Path:
    """Build one target of a source tree with this environment's hatchling."""
    run(sys.executable, "-m", "hatchling", "build", "--target", target, cwd=tree, env=env)
    return only(tree / "dist", "*.tar.gz" if target == "sdist" else "*.whl")


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which no program is found, Node.js least of all."""
    return {**os.environ, "PATH": str(tmp_path_factory.mktemp("nowhere"))}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what is committed, or would be: neither a built page nor npm packages are among it."""
    checkout = tmp_path_factory.mktemp("checkout")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, checkout / name)
    return checkout


@pytest.fixture(scope="module")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an npm that installs what is installed here; beside it is a file of how it was called."""
    real = shutil.which("npm")
    assert real is not None
    npm = tmp_path_factory.mktemp("npm") / "npm"
    npm.write_text(NPM.format(npm=shlex.quote(real), modules=shlex.quote(str(MODULES))))
    npm.chmod(0o755)
    return npm


@pytest.fixture(scope="module")
def sdist(checkout: Path, npm: Path) -> Path:
    """Build the sdist, and with it the page."""
    path = os.pathsep.join([str(npm.parent), os.environ["PATH"]])
    return build(checkout, "sdist", env={**os.environ, "PATH": path})


@pytest.fixture(scope="module")
def wheel(sdist: Path, nowhere: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the unpacked sdist, without Node.js."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return build(only(folder, "gradstream-*"), "wheel", env=nowhere)


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel where nothing is but what it declares to need; return the folder of its commands."""
    return install(wheel, tmp_path_factory.mktemp("environment")).parent


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """Make a folder that holds one demo and nothing of the checkout."""
    (tmp_path / "demos").mkdir()
    (tmp_path / "demos" / "counting.yaml").write_text(DEMO)
    (tmp_path / "demos" / "numbers_of.py").write_text(GENERATOR)
    return tmp_path


@pytest.fixture
def address(programs: Path, catalog: Path) -> Iterator[str]:
    """Serve the folder with the installed program and yield the address that it prints."""
    server = subprocess.Popen(
        [programs / "gradstream", "serve", "--host", "127.0.0.1"],
        cwd=catalog,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    with server, server.stdout as output:
        try:
            said = []
            for line in output:
                said.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found.group()
                    break
            else:
                pytest.fail("".join(said))
        finally:
            server.terminate()


def test_a_checkout_without_node_says_what_is_missing(checkout: Path, nowhere: dict[str, str]) -> None:
    """The page cannot be built without Node.js, and the build ends with that, not with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=checkout,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "makes the page with Node.js 20.19 or later and npm, and they were not found" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sdist_holds_the_built_page_and_its_sources(sdist: Path) -> None:
    """From an sdist, the page can be served as it is or built anew."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"engine/gradstream/page/index.html", "schemas/demo.schema.json", "web/package-lock.json"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


@pytest.mark.usefixtures("sdist")
def test_the_build_installs_what_is_locked(npm: Path) -> None:
    """The page is built with the packages of the lock file; a checkout needs nothing before it."""
    assert npm.with_name("npm.calls").read_text() == "ci --no-audit --no-fund\nrun build\n"


def test_the_wheel_holds_page_schemas_and_docs(wheel: Path) -> None:
    """What git ignores or keeps outside the package travels in the wheel all the same."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"gradstream/page/index.html", "gradstream/schemas/demo.schema.json"} <= names
    assert {"gradstream/docs/README.md", "gradstream/docs/components/pictures/text.webp"} <= names
    assert [name for name in names if name.startswith("gradstream/page/assets/")]


def test_the_environment_has_only_what_is_declared(programs: Path, tmp_path: Path) -> None:
    """What the tests need beyond that, and the checkout, cannot be imported: a forgotten dependency shows."""
    code = "from importlib.util import find_spec; print(find_spec('pytest'), find_spec('gradstream').origin)"
    missing, origin = run(programs / "python", "-c", code, cwd=tmp_path).split()
    assert missing == "None"
    assert Path(origin).is_relative_to(programs.parent)


def test_the_program_tells_its_version(programs: Path, tmp_path: Path) -> None:
    """The installed program starts in an empty folder."""
    assert run(programs / "gradstream", "--version", cwd=tmp_path) == "gradstream 0.1.0\n"


def test_the_installed_program_serves_a_demo(address: str) -> None:
    """Page, assets, catalog and a whole run come from the wheel alone."""
    with httpx.Client(base_url=address, timeout=PATIENCE_S) as client:
        page = client.get("/demos/counting")
        assert page.status_code == 200
        assets = re.findall(r'(?:src|href)="[./]*(assets/[^"]+)"', page.text)
        assert assets
        assert [client.get(f"/{asset}").status_code for asset in assets] == [200] * len(assets)
        assert [demo["status"] for demo in client.get("/api/demos").json()["demos"]] == ["ready"]
        run = client.post(
            "/api/demos/counting/runs", json={"inputs": {}}, headers={"Accept": "text/event-stream"}
        )
        events = re.findall(r"^event: (.+)$", run.text, re.MULTILINE)
    assert events[-1] == "succeeded"
    assert events.count("set") == 3
