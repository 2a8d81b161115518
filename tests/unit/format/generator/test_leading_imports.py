"""What a generator's module imports before any of the author's own code runs."""

from pathlib import Path

import pytest

from gradstream.diagnostics import Span
from gradstream.format.generator.leading_imports import leading_imports
from gradstream.format.types import GeneratorPath

CASES = {
    "packages": ('"""Words."""\nimport os\nimport yaml, msgspec as m\n', "yaml msgspec"),
    "the future": ("from __future__ import annotations\nimport yaml\n", "yaml"),
    "modules of packages": ("from msgspec import json, Struct\n", "msgspec.json msgspec"),
    "code ends it": ("import yaml\nos = 1\nimport msgspec\n", "yaml"),
    "a condition ends it": ("if 1:\n    import yaml\nimport msgspec\n", ""),
    "not what functions import": ("import yaml\ndef go(): import msgspec\n", "yaml"),
    "the author's own is followed": ("import own.model\nimport yaml\n", "msgspec"),
    "the author's own without code": ("from own import bare\nimport yaml\n", "yaml"),
    "relative": ("from .own import bare\nimport yaml\n", ""),
    "no such package": ("import no_such_package_at_all\n", "no_such_package_at_all"),
    "not Python": ("import yaml\nimport (\n", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_leading_imports(tmp_path: Path, name: str) -> None:
    """Only what comes first, in order, each module once."""
    code, expected = CASES[name]
    (tmp_path / "own").mkdir()
    (tmp_path / "own/__init__.py").write_text("")
    (tmp_path / "own/bare.py").write_text('"""Nothing."""\n')
    (tmp_path / "own/model.py").write_text("import msgspec\nmodel = msgspec.Struct\n")
    (tmp_path / "made.py").write_text(code)
    span = Span.file_start("a.yaml")
    path = GeneratorPath(text="made.go", span=span, roots=(str(tmp_path),))
    assert " ".join(leading_imports(path)) == expected
