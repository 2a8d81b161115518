"""Exact texts that tests expect and that live in files; a pytest plugin.

    exact.report(file, text)           the whole file is the text; no file means an empty text
    exact.passage(file, shown, text)   one passage of a page is the text

`--accept` runs only the tests that use the fixture, and writes the texts instead of comparing them.
"""

import os
from pathlib import Path

import pytest

REPAIR = "if the new text is intended, `make accept` writes it"


class Exact:
    """Compares texts with files, or writes the files."""

    def __init__(self, *, accept: bool) -> None:
        self._accept = accept

    def report(self, file: Path, text: str) -> None:
        """Require that a file holds a text and a final newline; without a text, that there is no file."""
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        content = f"{text}\n" if text else ""
        if self._accept and content != expected:
            _write(file, content)
        else:
            assert content == expected, f"{file.name} differs; {REPAIR}"

    def passage(self, file: Path, shown: str, text: str) -> None:
        """Require that a passage of a page, given as `shown` there, is a text.

        Raises ValueError if the passage to rewrite does not appear exactly once.
        """
        if self._accept and shown != text:
            page = file.read_text(encoding="utf-8")
            if page.count(shown) != 1:
                raise ValueError(f"{file.name} has not exactly one passage {shown!r}")
            _write(file, page.replace(shown, text))
        else:
            assert text == shown, f"{file.name} shows another text; {REPAIR}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag."""
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite the expected texts in files instead of comparing them; runs only tests that have such",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite expectations in CI, where nobody would read the difference."""
    if config.getoption("--accept") and os.environ.get("CI", "") not in ("", "0", "false"):
        raise pytest.UsageError("--accept rewrites expectations; it is refused where CI is set")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the tests with expectations to rewrite, if that is what was asked for."""
    if config.getoption("--accept"):
        others = [item for item in items if "exact" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


@pytest.fixture
def exact(request: pytest.FixtureRequest) -> Exact:
    """Return what compares texts with files, or rewrites the files."""
    return Exact(accept=request.config.getoption("--accept"))


def _write(file: Path, content: str) -> None:
    if content:
        file.write_text(content, encoding="utf-8")
    else:
        file.unlink()
