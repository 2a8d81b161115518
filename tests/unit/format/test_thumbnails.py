"""The pictures of a demo in the catalog."""

from pathlib import Path

import pytest

from tests.unit.format.demos import demo_of, read_demo

YAML = "gradstream: 1\n{thumbnail}generator: studio.nothing\ninputs: {{}}\noutputs:\n  answer: text\n"


@pytest.mark.parametrize(
    ("named", "files", "found"),
    [
        ("", [], (None, None)),
        ("", ["thumbnails/sketch.webp"], ("thumbnails/sketch.webp", None)),
        ("", ["thumbnails/sketch.dark.webp"], (None, "thumbnails/sketch.dark.webp")),
        ("a.b.png", ["a.b.png", "a.b.dark.png"], ("a.b.png", "a.b.dark.png")),
        ("a.png", ["a.png", "thumbnails/sketch.webp", "thumbnails/sketch.dark.webp"], ("a.png", None)),
    ],
)
def test_a_picture_is_named_or_found(
    tmp_path: Path, named: str, files: list[str], found: tuple[str | None, str | None]
) -> None:
    """The dark form stands beside it; both are looked for again when they appear."""
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(b"")
    yaml = YAML.format(thumbnail=f"thumbnail: {named}\n" if named else "")
    demo = demo_of(tmp_path, yaml)
    assert (demo.thumbnail, demo.thumbnail_dark) == found
    light = named or "thumbnails/sketch.webp"
    dark = light.replace(".webp", ".dark.webp").replace(".png", ".dark.png")
    assert {str(tmp_path / light), str(tmp_path / dark)} <= {*read_demo(tmp_path, yaml).beside}
