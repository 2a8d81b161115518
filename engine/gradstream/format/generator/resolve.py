"""A generator's dotted path -> the file and attribute it names, without running anything.

    fake_diffusion.generate --roots, then installed packages--> Located(module, attributes, file)
                            --ast--> Target(function) | Diagnostic at `generator`

The standard library's names come first, as in Python: a demo's own `json.py` would hide `json` from all else.
The worker's importer asks `locate` too, so both look in the same places in the same order.
"""

import ast
import importlib.machinery
import importlib.util
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic, write_instead
from gradstream.format.generator.hidden import NEEDED, STANDARD, hidden_by, hides_package
from gradstream.format.generator.modules import MAX_SOURCE_BYTES, Function, Module, SyntaxMistake, read_module
from gradstream.format.generator.python_place import python_span
from gradstream.format.types import GeneratorPath
from gradstream.format.wording import guess, one_of, shorten

PATH = re.compile(r"(?P<module>[^\W\d]\w*(\.[^\W\d]\w*)*)(:(?P<attribute>[^\W\d]\w*(\.[^\W\d]\w*)*))?")
MOST_WAYS = 4
"""How many functions of a module are offered; a module may have hundreds."""

IMPORTED = re.compile(r"from (?P<module>[\w.]+) import (?P<name>\w+)")
SUFFIXES = (*importlib.machinery.EXTENSION_SUFFIXES, ".py", ".pyc")

_RENEWING = threading.Lock()
"""Held while caches of finders are dropped: two threads at once would drop one twice, which is a KeyError."""


class Located(Struct, frozen=True, kw_only=True):
    """Where a path leads: `module` can be imported, `attributes` are looked up in it one after the other.

    `file` is the module's source, None where it has none (built-in, compiled). `root` is the folder that the
    module was found in; None for the standard library and installed packages.
    """

    module: str
    attributes: tuple[str, ...]
    file: str | None
    root: str | None


class Target(Struct, frozen=True, kw_only=True):
    """What a path names. `function` is None where only importing can show it."""

    located: Located
    function: Function | None


class _ModulePlace(Struct, frozen=True, kw_only=True):
    """A module that was found: its source and, for a package, the folders of its submodules.

    A bare place is a folder without code of its own: only modules below it can be imported.
    """

    file: Path | None
    folders: tuple[Path, ...]
    root: str | None
    is_bare: bool = False


DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


def locate(path: GeneratorPath) -> Located | Diagnostic:
    """Find the longest importable prefix of the path; the rest are attributes."""
    parts = _parts(path)
    if isinstance(parts, Diagnostic):
        return parts
    if len(parts) == 1 and _top(parts[0], path.roots) is None:
        return _no_path(path)
    hidden = _hides_needed(parts[0], path)
    if hidden is not None:
        return hidden
    place = _top(parts[0], path.roots)
    if place is None:
        return _no_module(parts, path)
    names = [parts[0]]
    for part in parts[1:]:
        below = _find(part, place.folders, root=place.root)
        if below is None:
            break
        place = below
        names.append(part)
    module, attributes = ".".join(names), tuple(parts[len(names) :])
    if not attributes:
        return _no_attribute_named(module, place, path)
    if place.is_bare:
        return _no_module(parts, path)
    return Located(
        module=module,
        attributes=attributes,
        file=str(place.file) if place.file is not None else None,
        root=place.root,
    )


def resolve(path: GeneratorPath) -> Target | Diagnostic:
    """Find out what the path names; a Diagnostic when it can be seen that it cannot run."""
    located = locate(path)
    return located if isinstance(located, Diagnostic) else resolve_in(read_located(located), located, path)


def resolve_in(
    module: Module | SyntaxMistake | None, located: Located, path: GeneratorPath
) -> Target | Diagnostic:
    """Find out what the path names in the module that it leads to."""
    if isinstance(module, SyntaxMistake):
        return _broken_python(module, located, path)
    if module is None:
        return Target(located=located, function=None)
    name = located.attributes[0]
    definition = module.names.get(name)
    if definition is None and not module.is_open():
        return _no_attribute(name, module, located, path)
    if len(located.attributes) > 1:
        return Target(located=located, function=None)
    if definition == "class":
        return _is_class(name, path)
    if definition == "constant":
        return _not_callable(name, path)
    return Target(located=located, function=module.function(name))


def functions_below(roots: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the functions of the author's own modules: dotted path, signature, docstring."""
    for root in dict.fromkeys(roots):
        for entry in sorted(Path(root).glob("*.py")):
            located = Located(module=entry.stem, attributes=("",), file=str(entry), root=root)
            module = read_located(located) if entry.stem.isidentifier() else None
            if not isinstance(module, Module):
                continue
            for name in _public_functions(module):
                function = module.function(name)
                signature = "" if function is None or function.signature is None else str(function.signature)
                words = ast.get_docstring(module.definitions[name]) if name in module.definitions else ""
                yield f"{entry.stem}.{name}", f"{name}{signature}", words or ""


def definition_of(path: GeneratorPath) -> tuple[str, int] | None:
    """Return the file and line, counted from 1, of the function that a path names; None if it has none."""
    located = locate(path)
    if isinstance(located, Diagnostic) or located.file is None:
        return None
    module = read_located(located)
    node = module.definitions.get(located.attributes[0]) if isinstance(module, Module) else None
    return located.file, 1 if node is None else node.lineno


def with_colon(path: GeneratorPath) -> Diagnostic | None:
    """Warn about `module:attribute`, which is understood, and suggest the dotted form."""
    if ":" not in path.text or isinstance(_parts(path), Diagnostic):
        return None
    return Diagnostic(
        span=path.span,
        code="W-COLON-PATH",
        severity="warning",
        message="a generator's path is written with dots",
        expected=f"`{path.text.replace(':', '.')}`",
        found=f"`{path.text}`",
        repair=f"write {path.text.replace(':', '.')}",
        fixes=write_instead(path.span, path.text.replace(":", ".")),
    )


def package_hidden_by(target: Target, path: GeneratorPath) -> Diagnostic | None:
    """Warn about a module of the author's that hides an installed package."""
    located, name = target.located, target.located.module.partition(".")[0]
    own = None if located.root is None else own_file(name, (located.root,))
    return None if own is None else hides_package(own, name, path)


def own_file(name: str, roots: Sequence[str]) -> Path | None:
    """Return the source of the author's own module or package of this name, if there is one."""
    own = _find(name, [Path(root) for root in roots], root="", with_folders=False)
    return None if own is None else own.file


def _parts(path: GeneratorPath) -> list[str] | Diagnostic:
    names_a_file = path.text.endswith(".py") or ".py:" in path.text
    if PATH.fullmatch(path.text) is not None and not names_a_file:
        return path.text.replace(":", ".").split(".")
    return _no_path(path)


def _no_path(path: GeneratorPath) -> Diagnostic:
    plain = _dotted(path)
    is_near = PATH.fullmatch(plain) is not None and "." in plain
    ways = [plain] if is_near else _functions_called(plain, path)
    ways = _named_within(path) or ways
    repair = f"write {' or '.join(ways)}" if ways else "write the module's name, a dot, the function's name"
    dashed = _without_dashes(plain, path)
    if dashed is not None and not ways:
        repair, ways = dashed
    if "\n" in path.text.strip():
        ways = []
        repair = "put the code into a file beside this one, as a function, and write file.function"
    return _problem(
        path,
        "E-GENERATOR-PATH",
        f"`{shorten(path.text)}` is not a path to a function",
        expected="`module.function`, as Python would import it",
        found=f"`{shorten(path.text)}`",
        repair=repair,
        ways=ways,
    )


def _without_dashes(plain: str, path: GeneratorPath) -> tuple[str, list[str]] | None:
    """Return what to do about a module whose file has a dash in its name, which no module can have."""
    written = plain.replace("-", "_")
    if written == plain or PATH.fullmatch(written) is None or "." not in written:
        return None
    module = plain.rpartition(".")[0]
    if _leads_on(module.replace("-", "_"), path):
        return f"write {written}", [written]
    file = f"{module.rpartition('.')[2]}.py"
    if any(Path(root, *module.split(".")).with_suffix(".py").is_file() for root in path.roots):
        return f"rename `{file}` to `{file.replace('-', '_')}`, and write {written}: no module has a dash", []
    return f"write {written}: no module has a dash in its name", [written]


def _functions_called(name: str, path: GeneratorPath) -> list[str]:
    """Return the paths of the author's own functions of a name."""
    if not name.isidentifier():
        return []
    found = [dotted for dotted, _, _ in functions_below(path.roots) if dotted.endswith(f".{name}")]
    return found[:MOST_WAYS]


def _named_within(path: GeneratorPath) -> list[str]:
    """Return the only path of an author's function that a line of a program names."""
    named = {each for each in DOTTED.findall(path.text) if each != path.text}
    known = {dotted for dotted, _, _ in functions_below(path.roots)} if named and " " in path.text else set()
    return [*(named & known)] if len(named & known) == 1 else []


def _dotted(path: GeneratorPath) -> str:
    """Return what is left of a path when the habits of files, shells and other tools are taken out of it."""
    imported = IMPORTED.fullmatch(path.text.strip())
    plain = f"{imported['module']}.{imported['name']}" if imported else path.text.strip()
    plain = plain.removeprefix("python ").removeprefix("import ").partition("(")[0].strip("<>@\"'` ")
    plain = re.sub(r"(?<=\w)\s*(?:->|=>|→|\s)\s*(?=\w)", ".", plain)
    plain = re.sub(r"\.py(?=$|[:.#/\s])", ".py:", plain.replace("\\", "/"))
    file, _, name = plain.partition(".py:")
    folder, _, module = file.removeprefix("./").rpartition("/")
    name = name.strip(":.#/ ")
    if not name and ".py:" in plain:
        return _function_in(_module_at(folder, module, path), path)
    if ".py:" in plain:
        return f"{_module_at(folder, module, path)}.{name}"
    module, _, name = re.sub(r"[:#.]+", ".", module).partition(".")
    return f"{_module_at(folder, module, path)}.{name}" if name else module


def _module_at(folder: str, module: str, path: GeneratorPath) -> str:
    """Return a module's name as it is imported: from beside the file, else from the catalog's folder."""
    parts = [part for part in folder.split("/") if part not in ("", ".", "..")]
    for skipped in range(len(parts) + 1):
        name = ".".join([*parts[skipped:], module])
        place = _top(name.partition(".")[0], path.roots)
        is_there = place is not None and all(part.isidentifier() for part in name.split("."))
        if is_there and (skipped == len(parts) or _leads_on(name, path)):
            return name
    return ".".join([*parts, module])


def _leads_on(name: str, path: GeneratorPath) -> bool:
    file = Path(*name.split("."))
    return any(Path(root, file).with_suffix(".py").is_file() for root in path.roots)


def _function_in(module: str, path: GeneratorPath) -> str:
    """Return the path of the first function of a module; the module's name alone where it has none."""
    place = _find(module.rpartition(".")[2], [Path(root) for root in path.roots], root="")
    functions = _functions_of(place) if place is not None else []
    return f"{module}.{functions[0]}" if functions else module


def _hides_needed(name: str, path: GeneratorPath) -> Diagnostic | None:
    if name not in STANDARD | NEEDED:
        return None
    own = own_file(name, path.roots)
    return None if own is None else hidden_by(own, name, path)


def _top(name: str, roots: Sequence[str]) -> _ModulePlace | None:
    """Find a top-level module: standard library, each root, installed packages; folders without code last."""
    if name in STANDARD:
        return _installed(name)
    for root in roots:
        place = _find(name, [Path(root)], root=root, with_folders=False)
        if place is not None:
            return place
    installed = _installed(name)
    if installed is not None and not installed.is_bare:
        return installed
    bare = [root for root in roots if Path(root, name).is_dir()]
    if not bare:
        return installed
    folders = (*(Path(root, name) for root in bare), *(installed.folders if installed is not None else ()))
    return _ModulePlace(file=None, folders=folders, root=bare[0], is_bare=True)


def _find(
    name: str, folders: Sequence[Path], *, root: str | None, with_folders: bool = True
) -> _ModulePlace | None:
    """Find a module or package below one of the folders, in the order of Python's own finder."""
    for folder in folders:
        package = folder / name
        for suffix in SUFFIXES:
            start = package / f"__init__{suffix}"
            if start.is_file():
                return _ModulePlace(file=_source(start), folders=(package,), root=root)
        for suffix in SUFFIXES:
            module = folder / f"{name}{suffix}"
            if module.is_file():
                return _ModulePlace(file=_source(module), folders=(), root=root)
    bare = tuple(folder / name for folder in folders if (folder / name).is_dir())
    if not bare or not with_folders:
        return None
    return _ModulePlace(file=None, folders=bare, root=root, is_bare=True)


def _source(file: Path) -> Path | None:
    return file if file.suffix == ".py" else None


def _installed(name: str) -> _ModulePlace | None:
    """Find a module of this Python by its finders; a top-level name is found without importing anything."""
    with _RENEWING:
        importlib.invalidate_caches()
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None  # A finder failed, or the name is that of the running program.
    if spec is None:
        return None
    file = Path(spec.origin) if spec.has_location and spec.origin else None
    folders = tuple(Path(folder) for folder in spec.submodule_search_locations or ())
    return _ModulePlace(
        file=_source(file) if file is not None else None,
        folders=folders,
        root=None,
        is_bare=spec.origin is None and bool(folders),
    )


def read_located(located: Located) -> Module | SyntaxMistake | None:
    """Return what a module defines; None where only importing can show it."""
    if located.file is None:
        return None
    try:
        source = Path(located.file).read_bytes()
    except OSError:
        return None  # importing it says why, and says it better
    return read_module(source) if len(source) <= MAX_SOURCE_BYTES else None


def _problem(
    path: GeneratorPath,
    code: str,
    message: str,
    *,
    expected: str,
    found: str,
    repair: str,
    ways: Sequence[str] = (),
) -> Diagnostic:
    """Return a finding at the path; `ways` are paths to write instead."""
    return Diagnostic(
        span=path.span,
        code=code,
        message=message,
        expected=expected,
        found=found,
        repair=repair,
        fixes=tuple(fix for way in ways for fix in write_instead(path.span, way)),
    )


def _no_module(parts: Sequence[str], path: GeneratorPath) -> Diagnostic:
    name = parts[0]
    near = guess(name, set(_own_modules(path.roots)))
    rest = ".".join(parts[1:])
    return _problem(
        path,
        "E-NO-MODULE",
        f"there is no module `{'.'.join(parts[:-1]) or name}`",
        expected=f"{name}.py beside the YAML file or in the catalog's folder, or an installed package",
        found=f"no `{name}` with that content" if len(parts) > 2 else f"no `{name}`",
        repair=f"write {near}.{rest}"
        if near and near != name
        else f"create {name}.py beside the YAML file, or install the package that has it",
        ways=[f"{near}.{rest}"] if near and near != name else (),
    )


def _own_modules(roots: Sequence[str]) -> Iterator[str]:
    for root in roots:
        for entry in sorted(Path(root).iterdir()) if Path(root).is_dir() else ():
            if entry.suffix == ".py":
                yield entry.stem
            elif (entry / "__init__.py").is_file():
                yield entry.name


def _no_attribute_named(module: str, place: _ModulePlace, path: GeneratorPath) -> Diagnostic:
    functions = _functions_of(place)
    ways = [f"{module}.{name}" for name in functions[:MOST_WAYS]]
    return _problem(
        path,
        "E-GENERATOR-PATH",
        f"`{path.text}` is a module, and names no function in it",
        expected=f"`{module}.` and a function" + (f": {one_of(functions)}" if functions else ""),
        found=f"`{path.text}`",
        repair=f"write {' or '.join(ways)}" if ways else "add a dot and the function's name",
        ways=ways,
    )


def _functions_of(place: _ModulePlace) -> list[str]:
    if place.file is None:
        return []
    located = Located(module="", attributes=("",), file=str(place.file), root=place.root)
    module = read_located(located)
    return _public_functions(module) if isinstance(module, Module) else []


def _public_functions(module: Module) -> list[str]:
    return [name for name, kind in module.names.items() if kind == "function" and not name.startswith("_")]


def _no_attribute(name: str, module: Module, located: Located, path: GeneratorPath) -> Diagnostic:
    if name == "py":
        return _no_path(path)
    functions = _public_functions(module)
    near = guess(name, functions)
    written = f"{located.module}.{near}" if near else ""
    return _problem(
        path,
        "E-NO-ATTRIBUTE",
        f"the module `{located.module}` has no `{name}`",
        expected=f"`{near}`" if near else one_of(functions) or "a function in that module",
        found=f"`{name}`",
        repair=f"write {written}" if near else f"define `{name}` in {Path(located.file or '').name}",
        ways=[written] if written else (),
    )


def _is_class(name: str, path: GeneratorPath) -> Diagnostic:
    return _problem(
        path,
        "E-NOT-CALLABLE",
        f"`{name}` is a class, and a demo runs a function",
        expected="a function, or an object that can be called",
        found=f"the class `{name}`",
        repair=f"make one object of it in the module, and name that: its_name = {name}(…)",
    )


def _not_callable(name: str, path: GeneratorPath) -> Diagnostic:
    return _problem(
        path,
        "E-NOT-CALLABLE",
        f"`{name}` is a constant, and a demo runs a function",
        expected="a function",
        found=f"the constant `{name}`",
        repair="name a function of the module",
    )


def _broken_python(mistake: SyntaxMistake, located: Located, path: GeneratorPath) -> Diagnostic:
    file = located.file or ""
    where = f"{Path(file).name}, line {mistake.line}" if mistake.line else Path(file).name
    diagnostic = _problem(
        path,
        "E-PYTHON-SYNTAX",
        f"{where}: {mistake.message}",
        expected="a file that Python can read",
        found="a syntax error",
        repair=f"correct {where}",
    )
    span = python_span(
        file,
        path,
        line=mistake.line,
        column=mistake.column,
        end_line=mistake.end_line,
        end_column=mistake.end_column,
    )
    return diagnostic if span is None else replace(diagnostic, span=span)
