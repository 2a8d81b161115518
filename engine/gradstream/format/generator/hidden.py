"""Files of a demo with the name of something else that Python imports: its library, or an installed package.

random.py, test.py   Python's own come first, so the file is never read      -> E-HIDES-STANDARD-LIBRARY
numpy.py, msgspec.py the process of a demo needs these packages itself      -> E-HIDES-PACKAGE
tqdm.py              the file comes first, for other packages as well        -> W-HIDES-PACKAGE
"""

import sys
import sysconfig
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from gradstream.diagnostics import Diagnostic, Severity
from gradstream.format.types import GeneratorPath

STANDARD = sys.stdlib_module_names | {"test"}
"""Python leaves its own tests out of its list of names; they are imported like the rest."""

NEEDED = frozenset({"PIL", "av", "gradstream", "msgspec", "numpy", "typing_extensions"})
"""What the process of a demo imports beside the standard library."""


def what_is_hidden(name: str) -> str:
    """Return what else has a module's name, in words; empty if nothing has."""
    if name in STANDARD:
        return "a module of Python's own"
    if name in NEEDED:
        return "a package that gradstream needs itself"
    return "an installed package" if _is_installed(name) else ""


def hidden_by(file: Path, name: str, path: GeneratorPath) -> Diagnostic:
    """Return that the file, or the package that it begins, cannot be imported under its name."""
    if name in STANDARD:
        message = f"`{_shown(file)}` has the name of a module of Python's own, which comes first"
        return _hides(path, "E-HIDES-STANDARD-LIBRARY", name, message=message, of="Python")
    message = f"`{_shown(file)}` has the name of a package that gradstream needs itself"
    return _hides(path, "E-HIDES-PACKAGE", name, message=message, of="gradstream")


def hides_package(file: Path, name: str, path: GeneratorPath) -> Diagnostic | None:
    """Warn about a file that is imported in place of an installed package, by whatever needs the package."""
    if name in STANDARD | NEEDED or not _is_installed(name):
        return None
    message = f"`{_shown(file)}` hides the installed package `{name}`, from other packages as well"
    return _hides(path, "W-HIDES-PACKAGE", name, message=message, of="an installed package")


def _hides(path: GeneratorPath, code: str, name: str, *, message: str, of: str) -> Diagnostic:
    severity: Severity = "warning" if code.startswith("W-") else "error"
    return Diagnostic(
        span=path.span,
        code=code,
        severity=severity,
        message=message,
        expected=f"a name that {of} does not use itself" if severity == "error" else "a name of its own",
        found=f"`{name}`",
        repair=f"rename it to {name}_demo.py, and write {path.text.replace(name, f'{name}_demo', 1)}",
    )


def _shown(file: Path) -> str:
    return f"{file.parent.name}/{file.name}" if file.stem == "__init__" else file.name


@cache
def _site_folders() -> list[str]:
    """Return where pip installs packages. To ask takes longer than the search."""
    return [sysconfig.get_path(key) for key in ("purelib", "platlib")]


def _is_installed(name: str) -> bool:
    """Return whether pip has installed the module itself: not a checkout, nor the demo's own file."""
    found = PathFinder.find_spec(name, _site_folders())
    return found is not None and found.origin is not None
