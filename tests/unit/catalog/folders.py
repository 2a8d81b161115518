"""Folders with demos in them, for the tests of the catalog."""

from pathlib import Path

GOOD = (
    "gradstream: 1\ntitle: {title}\ngenerator: tools.echo\ninputs:\n  text: text\noutputs:\n  answer: text\n"
)
TOOLS = "def echo(text):\n    yield text\n"


def good(title: str = "Echo") -> str:
    """Return a demo that is sound."""
    return GOOD.format(title=title)


def write(root: Path, **files: str) -> Path:
    """Write files and tools.py below the root; `__` in a name is a folder, and .yaml the usual suffix."""
    for name, text in {"tools.py": TOOLS, **files}.items():
        path = root / (name if "." in name else f"{name}.yaml").replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
