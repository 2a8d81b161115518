"""Which demos are imported in one process, and which processes are forked where packages are imported."""

from pathlib import Path

from gradstream.catalog.check_steps import check_paths
from gradstream.engines.local.imports.groups import by_packages, group, hiding
from gradstream.format.types import Demo
from tests.unit.catalog.folders import good, write

CODE = "def echo(text): yield text\n"


def demos(root: Path, **files: str) -> tuple[Demo, ...]:
    """Write a catalog and return its demos."""
    return check_paths([write(root, **files)], environ={}).demos


def addresses(groups: object) -> list[list[str]]:
    """Return the groups by their demos' addresses."""
    assert isinstance(groups, list)
    return [[demo.address for demo in each.demos] for each in groups]


def test_demos_of_one_module_are_together(tmp_path: Path) -> None:
    """Another module, another folder or another bound of memory is another process."""
    found = demos(
        tmp_path,
        demos__a=good(),
        demos__b=good("Other"),
        demos__bound=good() + "worker:\n  memory: 1GB\n",
        demos__other=good().replace("tools", "other"),
        demos__sub__c=good(),
        **{"other.py": CODE},
    )
    assert addresses(group(found)) == [["a", "b"], ["bound"], ["other"], ["sub.c"]]


def test_demos_that_share_a_worker_are_together(tmp_path: Path) -> None:
    """Whatever their modules are."""
    shared = good() + "worker:\n  shared: all\n"
    found = demos(
        tmp_path,
        demos__a=shared,
        demos__b=shared.replace("tools", "other"),
        **{"other.py": CODE},
    )
    assert addresses(group(found)) == [["a", "b"]]


def test_packages_are_imported_in_advance_where_several_begin_with_them(tmp_path: Path) -> None:
    """For one process alone nothing is prepared, nor where a file of the author's would come first."""
    begins = {"x": "msgspec", "y": "msgspec", "z": "yaml"}
    files = {f"{name}.py": f"import {package}\n{CODE}" for name, package in begins.items()}
    found = demos(tmp_path, **{f"demos__{name}": good().replace("tools", name) for name in "xyz"}, **files)
    groups = by_packages(group(found))
    assert {packages: addresses(each) for packages, each in groups.items()} == {
        ("msgspec",): [["x"], ["y"]],
        (): [["z"]],
    }
    assert hiding(groups["msgspec",], {"nothing_here"}) == []
    assert len(hiding(groups["msgspec",], {"z"})) == 2
