"""The extension for VS Code: what its manifest names is there, and what it uses is in its manifest."""

import json
import re
import shutil
import subprocess

import pytest

from gradstream.cli.commands import COMMANDS
from tests.editor.language_client import ROOT
from tests.patience import PATIENCE_S

FOLDER = ROOT / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
CODE = (FOLDER / MANIFEST["main"]).read_text(encoding="utf-8")
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]


def test_what_is_needed_to_package_it_is_there() -> None:
    """The packager is locked, and refuses a manifest without these fields, or whose files are missing."""
    assert MANIFEST["scripts"]["package"].split()[0] == "vsce"
    assert {"name", "publisher", "version", "license"} <= MANIFEST.keys()
    assert re.fullmatch(r"\^\d+\.\d+\.\d+", MANIFEST["engines"]["vscode"])
    assert (FOLDER / "README.md").is_file()
    locked = LOCK["packages"][""]
    for part in ("version", "dependencies", "devDependencies", "engines"):
        assert locked[part] == MANIFEST[part]
    for name, version in {**MANIFEST["dependencies"], **MANIFEST["devDependencies"]}.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_it_starts_a_command_that_exists() -> None:
    """The command that the setting has at first is one of ours."""
    program, command = SETTINGS["gradstream.command"]["default"]
    assert program == "gradstream"
    assert command in COMMANDS


def test_the_code_uses_what_the_manifest_has() -> None:
    """Modules are VS Code's own or dependencies, and settings are declared."""
    modules = {each.partition("/")[0] for each in re.findall(r'require\("([^"]+)"\)', CODE)}
    assert modules == {"vscode", *MANIFEST["dependencies"]}
    assert set(re.findall(r'"(gradstream\.\w+)"', CODE)) == set(SETTINGS)


def test_the_code_can_be_read() -> None:
    """It has no mistake of syntax."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    command = [node, "--check", FOLDER / MANIFEST["main"]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
