"""Neovim as it is works with gradstream's language server, by its own client and without a plugin."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import write_catalog
from tests.editor.language_client import ROOT
from tests.patience import PATIENCE_S

NEOVIM = shutil.which("nvim") or ""
SCRIPT = Path(__file__).parent / "neovim.lua"
SETUP = re.compile(r"^Neovim ([^,]*), in `init.lua`:\n\n```lua\n(.*?)```", re.MULTILINE | re.DOTALL)
DEMO = "gradstream: 1\ngenerator: cards.write\ninputs:\n  place: text\noutputs:\n  card: text\n"
FILES = {"demos/cards.py": "def write(place):\n    yield place\n"}


def documented_setup() -> str:
    """Return what the docs say to write for the version of Neovim that is here."""
    page = (ROOT / "docs" / "authoring" / "editors.md").read_text(encoding="utf-8")
    recent, older = (str(code) for _, code in SETUP.findall(page))
    said = subprocess.run((NEOVIM, "--version"), check=True, capture_output=True, text=True).stdout
    major, minor = re.findall(r"\d+", said)[:2]
    return recent if (int(major), int(minor)) >= (0, 11) else older


@pytest.mark.skipif(not NEOVIM, reason="Neovim is not installed")
def test_neovim_shows_mistakes_repairs_and_completes(tmp_path: Path) -> None:
    """As the docs set it up: a mistake arrives in words, its quick fix removes it, kinds are completed."""
    root = write_catalog(tmp_path, {**FILES, "demos/cards.yaml": DEMO.replace("outputs", "ouputs")})
    setup, seen = root / "setup.lua", root / "seen.json"
    setup.write_text(documented_setup(), encoding="utf-8")
    files = {"SETUP": str(setup), "FILE": "demos/cards.yaml", "SEEN": str(seen), "HOME": str(root)}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(
        (NEOVIM, "--headless", "--clean", "-n", "-S", str(SCRIPT)),
        cwd=root,
        env={**os.environ, **files, "PATH": path, "PATIENCE_MS": str(int(PATIENCE_S * 1000))},
        timeout=4 * PATIENCE_S,
        check=True,
        capture_output=True,
    )
    found = json.loads(seen.read_text(encoding="utf-8"))
    assert "failure" not in found, found["failure"]
    assert found["message"].startswith("`ouputs` is not a key of a demo")
    assert (found["text"], found["left"]) == (DEMO.strip(), 0)
    assert {"text", "slider", "checkbox"} <= set(found["kinds"])
