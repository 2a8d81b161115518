"""The reader of imports finds what it is there to find, on a small tree made for it."""

from pathlib import Path

from tests.architecture.imports import first_cycle, floor_violations, home_violations, read_package

FLOORS = {"house": 0, "cellar": 0, "ground": 1, "garden": 1, "roof": 2}


def build(folder: Path, **files: str) -> Path:
    """Write a package `house` with one folder a noun, each with `__init__.py` and `room.py`."""
    house = folder / "house"
    house.mkdir()
    (house / "__init__.py").write_text("")
    for noun, text in files.items():
        (house / noun).mkdir()
        (house / noun / "__init__.py").write_text("")
        (house / noun / "room.py").write_text(text)
    return house


def test_an_import_may_go_down(tmp_path: Path) -> None:
    """Imports of lower floors, of the own package and of the standard library are in order."""
    house = build(
        tmp_path,
        cellar="import json\n",
        ground="from ..cellar import room\nfrom . import room as own\n",
        roof="import house.ground.room\n",
    )
    assert floor_violations(read_package(house), FLOORS) == []


def test_an_import_that_goes_up_or_sideways_is_found_wherever_it_stands(tmp_path: Path) -> None:
    """TYPE_CHECKING blocks, functions and relative imports hide nothing."""
    house = build(
        tmp_path,
        cellar="def look() -> None:\n    from house.roof import room\n",
        garden="if TYPE_CHECKING:\n    from ..ground.room import Chair\n",
        ground="",
        roof="",
    )
    assert floor_violations(read_package(house), FLOORS) == [
        "house.cellar.room, line 2: cellar imports roof, which goes up",
        "house.garden.room, line 2: garden imports ground, which goes sideways",
    ]


def test_floors_inside_a_part(tmp_path: Path) -> None:
    """With a part named, its own folders and modules are compared, and nothing outside it."""
    house = build(tmp_path, ground="from house.roof import room\n", roof="")
    (house / "ground" / "rug.py").write_text("from house.ground.room import floor\n")
    (house / "ground" / "lamp.py").write_text("from house.ground import rug\n")
    package = read_package(house)
    assert floor_violations(package, {"room": 0, "rug": 1, "lamp": 2}, below="house.ground") == []
    assert floor_violations(package, {"room": 0, "rug": 2, "lamp": 1}, below="house.ground") == [
        "house.ground.lamp, line 1: lamp imports rug, which goes up"
    ]
    assert floor_violations(package, {"room": 0, "rug": 1}, below="house.ground") == ["lamp has no floor"]


def test_a_new_part_needs_a_floor(tmp_path: Path) -> None:
    """A folder that the table does not name is a violation, so that none stays unchecked."""
    house = build(tmp_path, attic="import house.roof\n")
    assert floor_violations(read_package(house), FLOORS) == ["attic has no floor"]


def test_a_library_away_from_home_or_without_one_is_found(tmp_path: Path) -> None:
    """A foreign library is imported in its homes only, and each has one."""
    house = build(
        tmp_path, cellar="import yaml.nodes\nimport msgspec\n", roof="from yaml import load\nimport wild\n"
    )
    homes = {"yaml": frozenset({"cellar"}), "msgspec": None}
    assert home_violations(read_package(house), homes) == [
        "house.roof.room, line 1: yaml belongs to cellar",
        "house.roof.room, line 2: wild has no home",
    ]


def test_a_circle_is_found(tmp_path: Path) -> None:
    """Modules that import one another in a ring are named in order."""
    house = build(tmp_path, ground="")
    (house / "ground" / "table.py").write_text("from house.ground import lamp\n")
    (house / "ground" / "lamp.py").write_text("def light() -> None:\n    from .table import Table\n")
    assert set(first_cycle(read_package(house))) == {"house.ground.table", "house.ground.lamp"}
    (house / "ground" / "lamp.py").write_text("")
    assert first_cycle(read_package(house)) == []
