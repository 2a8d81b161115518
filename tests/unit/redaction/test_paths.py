"""Folders of this machine are taken out of messages; addresses stay."""

from pathlib import Path

import pytest

from gradstream.redaction.paths import without_folders, without_own_folders

ADDRESSES = [
    "404 for https://api.example.com/v1/chat/completions",
    "cannot connect to postgres://db.example.com:5432/lab/main",
    "see http://localhost:8600/demos/count and s3://bucket/a/b.bin",
    "a/b, and/or, 1/2, api.example.com/v1/chat",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses_stay(text: str) -> None:
    """An address is no path, however much of it looks like one."""
    assert without_folders(text) == text
    assert without_own_folders(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cannot read /usr/share/models/private.bin: no", "cannot read private.bin: no"),
        ('File "/usr/lib/a.py", line 3', 'File "a.py", line 3'),
        ("file:///usr/share/a.bin", "file://a.bin"),
        ("[/usr/a/b.c,/usr/d/e.f]", "[b.c,e.f]"),
        ("C:\\models\\private.bin", "private.bin"),
    ],
)
def test_of_a_path_the_name_stays(text: str, kept: str) -> None:
    """Wherever in a text it is."""
    assert without_folders(text) == kept
    assert without_own_folders(text) == kept


def test_what_cannot_be_a_path_here() -> None:
    """Words for visitors may have the path of an interface, which no folder of this machine has."""
    assert without_own_folders("try /v1-none/chat/completions") == "try /v1-none/chat/completions"
    assert without_folders("try /v1-none/chat/completions") == "try completions"
    assert without_own_folders(f"at {Path(__file__)}") == f"at {Path(__file__).name}"
