"""What is the developer's follows from whole names of folders."""

import os
import sysconfig
from pathlib import Path

import pytest

from gradstream.worker.loading.module_files import is_developers, is_installed, is_source


@pytest.mark.parametrize(
    "folder",
    ["/srv/ai-packages/demos", "/srv/site-packages-of-ours", "/srv/my site-packages/demos", "/srv/lib"],
)
def test_a_folder_whose_name_only_looks_like_one_of_packages(folder: str) -> None:
    """A catalog may have any name; what is saved there is seen."""
    file = f"{folder}/demo.py"
    assert is_source(file)
    assert is_source(folder)
    assert not is_installed(file)
    assert is_developers(file, [folder])


@pytest.mark.parametrize("name", ["site-packages", "dist-packages"])
def test_what_is_installed_is_not_the_developers(name: str) -> None:
    """Neither where the environment is within the catalog, nor elsewhere."""
    for path in (f"/srv/demos/.venv/lib/python3.11/{name}", f"/usr/lib/python3/{name}/numpy/__init__.py"):
        assert is_installed(path)
        assert not is_source(path)
    assert not is_developers(f"/srv/demos/.venv/lib/python3.11/{name}/numpy/core.py", ["/srv/demos"])


def test_the_standard_library_is_not_the_developers() -> None:
    """Nor is what is asked about by a relative path, as a zip file may have it."""
    assert not is_source(str(Path(sysconfig.get_path("stdlib"), "json", "decoder.py")))
    assert not is_source(os.path.join("demos", "demo.py"))  # noqa: PTH118 (of strings)
