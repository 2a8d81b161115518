"""Workers with another Python: they run what they are given, and what cannot be one is reported."""

import shlex
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

import gradstream
from gradstream.ipc.protocol import PROTOCOL_VERSION, Loaded
from tests.acceptance.worker_lab import Lab, open_lab
from tests.conftest import Serve
from tests.forked_command import run_command
from tests.patience import PATIENCE_S

YAML = """\
generator: where.am_i
worker: {{python: {path}{more}}}
outputs: {{said: text}}
"""
CODE = """
import os

def am_i():
    return os.environ.get("WHICH", "the server's")
"""
INSTALL = f"-m pip install gradstream=={gradstream.__version__}"


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab with a process in waiting."""
    async with open_lab(tmp_path, standby=True) as opened:
        yield opened


def script(path: Path, *lines: str) -> Path:
    """Write a program that stands for an interpreter."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def python(path: Path, *options: str, which: str = "other", **environ: str) -> Path:
    """Write an interpreter that says which it is."""
    variables = " ".join(
        f"{name}={shlex.quote(value)}" for name, value in {"WHICH": which, **environ}.items()
    )
    return script(path, f"export {variables}", f'exec {shlex.join([sys.executable, *options])} "$@"')


async def said(lab: Lab, *, path: str = "old/bin/python", more: str = "", name: str = "where") -> str:
    """Run a demo with this Python, and return what it says."""
    run = await lab.run(lab.write(name, YAML.format(path=path, more=more), CODE))
    return str(run.outputs["said"])


async def refused(lab: Lab) -> Loaded:
    """Open a demo whose Python is of no use."""
    return await lab.engine.open(lab.write("where", YAML.format(path="old/bin/python", more=""), CODE))


async def test_a_demo_runs_with_its_own_python(lab: Lab) -> None:
    """Relative to its YAML, beside a demo with the server's; a shared process too; and after a change."""
    python(lab.folder / "demos" / "old" / "bin" / "python")
    python(lab.folder / "demos" / "new" / "bin" / "python", which="new")
    assert await said(lab) == "other"
    plain = await lab.run(lab.write("plain", "generator: where.am_i\noutputs: {said: text}\n"))
    assert plain.outputs == {"said": "the server's"}
    assert await said(lab, more=", shared: one", name="first") == "other"
    assert await said(lab, path="new/bin/python", more=", shared: one", name="second") == "new"
    changed = lab.write("where", YAML.format(path="new/bin/python", more=""), CODE)
    lab.engine.catalog_changed({"where": changed})
    assert (await lab.run(changed)).outputs == {"said": "new"}


async def test_a_python_without_gradstream(lab: Lab) -> None:
    """The report has the command that installs it, and the next opening looks again."""
    path = python(lab.folder / "demos" / "old" / "bin" / "python", "-I", "-S")
    (problem,) = (await refused(lab)).diagnostics
    assert (problem.code, problem.span.line) == ("E-PYTHON", 4)
    assert "without gradstream (ModuleNotFoundError: No module named 'gradstream')" in problem.message
    assert problem.repair == f"install it, in the catalog's folder: demos/old/bin/python {INSTALL}"
    run = lab.start(lab.write("where", YAML.format(path="old/bin/python", more=""), CODE))
    assert (await run.end()).message == problem.message
    python(path)
    assert await said(lab) == "other"


async def test_a_python_with_another_version(lab: Lab) -> None:
    """Both versions are named."""
    stub = lab.folder / "stub" / "gradstream"
    (stub / "ipc").mkdir(parents=True)
    (stub / "__init__.py").write_text("__version__ = '9.9.0'\n")
    (stub / "ipc" / "protocol.py").write_text("PROTOCOL_VERSION = 1\n")
    python(lab.folder / "demos" / "old" / "bin" / "python", "-S", PYTHONPATH=str(stub.parent))
    (problem,) = (await refused(lab)).diagnostics
    assert problem.message == (
        f"`old/bin/python` has gradstream 9.9.0 (protocol 1), and the server is {gradstream.__version__} "
        f"(protocol {PROTOCOL_VERSION})"
    )
    assert problem.repair == f"install it, in the catalog's folder: demos/old/bin/python {INSTALL}"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["echo hello"], "did not answer as a Python does"),
        (["exit 3"], "did not answer as a Python does"),
        (["while :; do echo x; done"], "did not answer as a Python does"),
        (["echo 'gradstream probe: no'"], "did not answer as a Python does"),
        (["exec cat /dev/zero"], "did not answer as a Python does"),
    ],
)
async def test_a_program_that_is_no_python(lab: Lab, lines: list[str], message: str) -> None:
    """Whatever it prints, it is ended, and the demo is reported."""
    script(lab.folder / "demos" / "old" / "bin" / "python", *lines)
    (problem,) = (await refused(lab)).diagnostics
    assert problem.message == f"`old/bin/python` {message}"


async def test_a_file_that_cannot_be_started(lab: Lab) -> None:
    """The system's reason is in the report."""
    path = script(lab.folder / "demos" / "old" / "bin" / "python")
    path.write_text("no program")
    (problem,) = (await refused(lab)).diagnostics
    assert problem.message == "`old/bin/python` cannot be started: Exec format error"


FILES = {
    "gradstream.yaml": "gradstream: 1\ndefaults: {worker: {python: old/bin/python, warm: true}}\n",
    "demos/where.yaml": "gradstream: 1\ngenerator: where.am_i\noutputs: {said: text}\n",
    "demos/where.py": CODE,
}


def catalog(folder: Path) -> None:
    """Write a catalog all of whose demos have another Python."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def test_each_command_uses_it(tmp_path: Path) -> None:
    """`check` imports with it and reports it, `run` runs with it; a default starts at the catalog's file."""
    catalog(tmp_path)
    missing = run_command(["check"], folder=tmp_path)
    assert (missing.returncode, "E-NO-PYTHON" in missing.stdout) == (1, True)
    python(tmp_path / "old" / "bin" / "python")
    (tmp_path / "demos" / "where.py").write_text("import only_there\n" + CODE)
    python(tmp_path / "old" / "bin" / "python", PYTHONPATH=str(tmp_path / "packages"))
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "only_there.py").touch()
    checked = run_command(["check", "--strict"], folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert run_command(["run", "where"], folder=tmp_path).stdout == "other\n"
    python(tmp_path / "old" / "bin" / "python", "-I", "-S")
    broken = run_command(["check"], folder=tmp_path)
    assert broken.stdout.startswith("gradstream.yaml:2:")
    assert f"{INSTALL}\n" in broken.stdout


def test_a_package_that_only_the_other_python_has(tmp_path: Path) -> None:
    """A generator may be in it: what it has shows when it is imported."""
    catalog(tmp_path)
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "elsewhere.py").write_text(CODE)
    python(tmp_path / "old" / "bin" / "python", PYTHONPATH=str(tmp_path / "packages"))
    (tmp_path / "demos" / "where.yaml").write_text(FILES["demos/where.yaml"].replace("where.", "elsewhere."))
    checked = run_command(["check", "--strict"], folder=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_a_visitor_has_no_say_in_it(serve: Serve, tmp_path: Path) -> None:
    """A server runs the demo with its Python, whatever a request says of another one."""
    python(tmp_path / "python")
    yaml = FILES["demos/where.yaml"] + f"worker: {{python: {tmp_path}/python, warm: true}}\n"
    server = serve({"demos/where.yaml": yaml, "demos/where.py": CODE})
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        asked = {"inputs": {}, "worker": {"python": "/bin/false"}}
        assert client.post("/api/demos/where/runs", json=asked).status_code == 400
        run = client.post("/api/demos/where/runs", json={"inputs": {}}).json()["run"]
        client.get(f"/api/runs/{run}/events")
        assert client.get(f"/api/runs/{run}").json()["outputs"] == {"said": "other"}
