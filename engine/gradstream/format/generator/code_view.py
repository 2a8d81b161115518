"""What the check of a demo has seen of its generator's code, and whether saved Python files may change that.

    Target --view_of--> CodeView: where the function is, and a digest of what is known of it
    saved files --CodeLook.is_same--> none is on the generator's path, or the function reads as before,
                                      or its new parameters take the same inputs

A generator's path leads through files of known names: `lab.model.go` through lab.py, lab/__init__.py,
lab/model.py and so on, in each of its folders. The check depends on no other file of Python.
"""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import bind
from gradstream.format.generator.modules import Module, SyntaxMistake
from gradstream.format.generator.resolve import Located, Target, read_located, resolve, resolve_in
from gradstream.format.types import Action, Demo, GeneratorPath

DIGEST_BYTES = 12
START = "__init__"


class CodeView(Struct, frozen=True, array_like=True):
    """One generator: the place, and a digest of it with what its function is.

    `facts` is a digest of both without the parameters; `given` are the inputs that the YAML gives the
    function, None where it leaves that open.
    """

    located: Located
    digest: bytes
    facts: bytes
    given: tuple[str, ...] | None


def view_of(target: Target, action: Action) -> CodeView:
    """Return what a check has seen; the action is as written, before its inputs are decided."""
    function = None if target.function is None else replace(target.function, signature=None)
    given = action.inputs if action.inputs_given else None
    return CodeView(target.located, _digest(target), _digest(replace(target, function=function)), given)


class CodeLook:
    """One look at code after these absolute paths of Python files were saved, added or removed."""

    def __init__(self, saved: Iterable[Path]) -> None:
        self._saved = [(str(file), _module_place(file), file.is_file()) for file in saved]
        self._modules: dict[str | None, Module | SyntaxMistake | None] = {}
        self._targets: dict[tuple[str, tuple[str, ...]], Target | Diagnostic] = {}

    def __bool__(self) -> bool:
        """Return whether there is anything to look at."""
        return bool(self._saved)

    def leads_to(self, path: GeneratorPath) -> bool:
        """Return whether one of the files is on the way to a function."""
        return any(_leads_through(path, place) for _, place, _ in self._saved)

    def is_same(self, action: Action, before: CodeView, demo: Demo, *, is_warned: bool = False) -> bool:
        """Return whether a check would see the same as before, or parameters that take the same inputs.

        `is_warned`: the parameters were warned about, so that only the same ones are as before.
        """
        path = action.generator
        met = [(file, exists) for file, place, exists in self._saved if _leads_through(path, place)]
        if not met:
            return True
        if not all(exists and _keeps_place(file, before.located) for file, exists in met):
            return _fits(resolve(path), action, before, None if is_warned else demo)
        if any(file == before.located.file for file, _ in met):
            found = self._read_again(path, before.located)
            return _fits(found, action, before, None if is_warned else demo)
        return True

    def _read_again(self, path: GeneratorPath, located: Located) -> Target | Diagnostic:
        """Return what is seen of a function in the file that it was in; once for all demos that name it."""
        if located.file not in self._modules:
            self._modules[located.file] = read_located(located)
        key = (str(located.file), located.attributes)
        if key not in self._targets:
            self._targets[key] = resolve_in(self._modules[located.file], located, path)
        return self._targets[key]


def _fits(found: Target | Diagnostic, action: Action, before: CodeView, demo: Demo | None) -> bool:
    """Return whether what is found now is as before, or takes the same inputs of the demo without a word."""
    if isinstance(found, Diagnostic):
        return False
    if _digest(found) == before.digest:
        return True
    function = found.function
    if demo is None or function is None or function.signature is None:
        return False
    if _digest(replace(found, function=replace(function, signature=None))) != before.facts:
        return False
    written = replace(action, inputs=before.given or (), inputs_given=before.given is not None)
    binding = bind(function.signature, action=written, demo=demo)
    return not isinstance(binding, Diagnostic) and not binding.warnings and binding.inputs == action.inputs


def _digest(target: Target) -> bytes:
    return blake2b(repr(target).encode(), digest_size=DIGEST_BYTES).digest()


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
