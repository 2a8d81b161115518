"""The engine has no private names that nothing uses; the finder is tested on a small tree made for it."""

from pathlib import Path

import pytest

from tests.architecture.unused import unused_names

ENGINE = Path(__file__).parents[2] / "engine" / "gradstream"


def test_the_engine_has_no_unused_private_names() -> None:
    """Each private function, class, constant and method of the engine is used by something else in it."""
    assert unused_names(ENGINE) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def _lost():\n    pass\n", ["house.py, line 1: _lost is not used"]),
        ("async def _lost():\n    await _lost()\n", ["house.py, line 1: _lost is not used"]),
        ("class _Lost:\n    pass\n", ["house.py, line 1: _Lost is not used"]),
        ("_LOST = 1\n", ["house.py, line 1: _LOST is not used"]),
        ("_LOST: int = 1\n", ["house.py, line 1: _LOST is not used"]),
        ("_used, _LOST = 1, 2\nprint(_used)\n", ["house.py, line 1: _LOST is not used"]),
        (
            "class Room:\n    def _lost(self):\n        self._lost()\n",
            ["house.py, line 2: Room._lost is not used"],
        ),
        (
            "class Room:\n    def _lost(self):\n        pass\n\ndef look(_lost):\n    return _lost\n",
            ["house.py, line 2: Room._lost is not used"],
        ),
        ('def _lost():\n    """See _lost."""\n', ["house.py, line 1: _lost is not used"]),
    ],
)
def test_what_nothing_refers_to_is_found(tmp_path: Path, source: str, found: list[str]) -> None:
    """Functions, classes, constants and methods are found, also those that only refer to themselves."""
    (tmp_path / "house.py").write_text(source)
    assert unused_names(tmp_path) == found


@pytest.mark.parametrize(
    "source",
    [
        "def _used():\n    pass\n\ndef look():\n    _used()\n",
        "_USED = 1\n\ndef look(value=_USED):\n    return value\n",
        "class Room:\n    def _used(self):\n        pass\n\n    def look(self):\n        self._used()\n",
        'class _Used:\n    pass\n\ndef look(one: "list[_Used]"):\n    return one\n',
        'class Room:\n    def _used(self):\n        pass\n\ngetattr(Room(), "_used")()\n',
        "class Room:\n    def __init__(self):\n        pass\n\n    def _missing_(self):\n        pass\n",
        "def public():\n    pass\n",
    ],
)
def test_what_is_used_is_left_alone(tmp_path: Path, source: str) -> None:
    """Calls, defaults, annotations in quotes and names for `getattr` count; public and special names too."""
    (tmp_path / "house.py").write_text(source)
    assert unused_names(tmp_path) == []


def test_a_name_of_another_module_does_not_count(tmp_path: Path) -> None:
    """Two modules may have a private name in common; an import from the other one is a use."""
    (tmp_path / "cellar.py").write_text("def _used():\n    pass\n")
    (tmp_path / "roof.py").write_text("def _used():\n    pass\n\n_used()\n")
    assert unused_names(tmp_path) == ["cellar.py, line 1: _used is not used"]
    (tmp_path / "garden.py").write_text("from cellar import _used\n")
    assert unused_names(tmp_path) == []
