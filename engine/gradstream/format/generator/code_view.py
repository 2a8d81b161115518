"""What the check of a demo has seen of its generator's code, and whether saved Python files may change that.

    Target --view_of--> CodeView: where the function is, and a digest of what is known of it
    saved files --CodeLook.is_same--> none is on the generator's path, or the function reads as before

A generator's path leads through files of known names: `lab.model.go` through lab.py, lab/__init__.py,
lab/model.py and so on, in each of its folders. The check depends on no other file of Python.
"""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.modules import Module, SyntaxMistake
from gradstream.format.generator.resolve import Located, Target, read_located, resolve, resolve_in
from gradstream.format.types import GeneratorPath

DIGEST_BYTES = 12
START = "__init__"


class CodeView(Struct, frozen=True, array_like=True):
    """One generator: the place, and a digest of it with what its function is."""

    located: Located
    digest: bytes


def view_of(target: Target) -> CodeView:
    """Return what a check has seen."""
    return CodeView(target.located, blake2b(repr(target).encode(), digest_size=DIGEST_BYTES).digest())


class CodeLook:
    """One look at code after these absolute paths of Python files were saved, added or removed."""

    def __init__(self, saved: Iterable[Path]) -> None:
        self._saved = [(str(file), _module_place(file), file.is_file()) for file in saved]
        self._modules: dict[str | None, Module | SyntaxMistake | None] = {}
        self._views: dict[tuple[str, tuple[str, ...]], CodeView | None] = {}

    def __bool__(self) -> bool:
        """Return whether there is anything to look at."""
        return bool(self._saved)

    def is_same(self, path: GeneratorPath, before: CodeView) -> bool:
        """Return whether a check would see the same as before."""
        met = [(file, exists) for file, place, exists in self._saved if _leads_through(path, place)]
        if not met:
            return True
        if not all(exists and _keeps_place(file, before.located) for file, exists in met):
            return _view(resolve(path)) == before
        if any(file == before.located.file for file, _ in met):
            return self._read_again(path, before.located) == before
        return True

    def _read_again(self, path: GeneratorPath, located: Located) -> CodeView | None:
        """Return what is seen of a function in the file that it was in; once for all demos that name it."""
        if located.file not in self._modules:
            self._modules[located.file] = read_located(located)
        key = (str(located.file), located.attributes)
        if key not in self._views:
            self._views[key] = _view(resolve_in(self._modules[located.file], located, path))
        return self._views[key]


def _view(found: Target | Diagnostic) -> CodeView | None:
    return None if isinstance(found, Diagnostic) else view_of(found)


def _module_place(file: Path) -> str:
    """Return where a module is, without a suffix: of `a/b.py` and of `a/b/__init__.py` it is `a/b`."""
    return str(file.parent if file.stem == START else file.with_suffix(""))


def _leads_through(path: GeneratorPath, place: str) -> bool:
    parts = path.text.replace(":", ".").split(".")
    for root in path.roots:
        if place.startswith(f"{root}/"):
            below = place[len(root) + 1 :].split("/")
            if below == parts[: len(below)]:
                return True
    return False


def _keeps_place(file: str, located: Located) -> bool:
    """Return whether a file that exists is the generator's own, or begins a package that it is in.

    Then the place is the same, whether or not the file was there before.
    """
    if located.file is None or located.root is None or not file.startswith(f"{located.root}/"):
        return False
    if file == located.file:
        return True
    folder, _, name = file.rpartition("/")
    return name == f"{START}.py" and located.file.startswith(f"{folder}/")
