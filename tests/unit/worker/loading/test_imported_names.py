"""The names that a file imports, wherever the import stands."""

import pytest

from gradstream.worker.loading.imported_names import ImportedNames, imported_names

FORMS = {
    "import a": {"a"},
    "import a.b as c": {"a", "a.b"},
    "from a import b, c": {"a", "a.b", "a.c"},
    "from a import *": {"a"},
    "from . import b": {"pack", "pack.b"},
    "from .b import c": {"pack", "pack.b", "pack.b.c"},
    "from ... import c": set(),
    "def f():\n    import a": {"a"},
    "try:\n    import a\nexcept ImportError:\n    a = None": {"a"},
    "class C:\n    async def f(self):\n        from a import b": {"a", "a.b"},
    "import importlib\nimportlib.import_module('a.b')": {"importlib", "a", "a.b"},
    "__import__('a')": {"a"},
    "not Python": set(),
}


@pytest.mark.parametrize(("source", "names"), FORMS.items())
def test_every_form_of_an_import_is_found(source: str, names: set[str]) -> None:
    """At the top level, in functions, relative, by a constant name; prefixes are imported too."""
    found = imported_names(source.encode(), package="pack")
    assert found == ImportedNames(names=frozenset(names), is_dynamic=False)


@pytest.mark.parametrize(
    "source", ["import_module(name)", "__import__('a' + b)", "importlib.import_module('.b', __package__)"]
)
def test_a_computed_name_is_noticed(source: str) -> None:
    """What is imported can only be known at run time."""
    assert imported_names(source.encode(), package="pack").is_dynamic
