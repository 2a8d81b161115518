"""Bring the page, the schemas and the authors' docs into what is built.

What is built from where:
    checkout:         web/ --npm--> engine/gradstream/page/ -> sdist, wheel
    unpacked sdist:                 engine/gradstream/page/ -> wheel, without Node.js
    editable install: nothing; make builds the page, and schemas and docs are read from the checkout
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NPM_STEPS = (("ci", "--no-audit", "--no-fund"), ("run", "build"))
OUTPUT_LINES_SHOWN = 40  # enough for a compiler's complaint, short enough to find it


class PageBuildHook(BuildHookInterface[BuilderConfig]):
    """Build the page before a wheel or an sdist is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put `page/` in place, add schemas and docs; end the build with a message where that fails."""
        if version == "editable":
            return
        root = Path(self.root)
        unpacked_sdist = (root / "PKG-INFO").is_file()
        if not unpacked_sdist:
            self._build_page(root / "web")
        if not (root / "engine" / "gradstream" / "page" / "index.html").is_file():
            culprit = "this source distribution" if unpacked_sdist else "`npm run build` in web/"
            self.app.abort(f"gradstream: {culprit} has left no engine/gradstream/page/index.html")
        if self.target_name == "wheel":
            build_data["force_include"][str(root / "schemas")] = "gradstream/schemas"
            build_data["force_include"][str(root / "docs" / "authoring")] = "gradstream/docs"

    def _build_page(self, web: Path) -> None:
        npm = shutil.which("npm")
        if npm is None or shutil.which("node") is None:
            self.app.abort(
                "gradstream: building from a checkout makes the page with Node.js 20.19 or later and npm, "
                "and they were not found. Install them, or install gradstream from a wheel or an sdist."
            )
            return
        for step in NPM_STEPS:
            done = subprocess.run(  # noqa: S603  the steps are the constants above
                [npm, *step],
                cwd=web,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode:
                tail = "\n".join(done.stdout.splitlines()[-OUTPUT_LINES_SHOWN:])
                self.app.abort(f"gradstream: `npm {' '.join(step)}` in web/ failed:\n{tail}")
