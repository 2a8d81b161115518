"""The imports of a package, read from its source: modules -> import statements -> violations.

Nothing is executed. An import counts wherever it stands: under TYPE_CHECKING and inside a function too.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Import:
    """One module named by an import statement, as `module` and line of the importer and full `target`."""

    module: str
    line: int
    target: str

    def place(self) -> str:
        """Return where the statement stands, for a message."""
        return f"{self.module}, line {self.line}"


@dataclass(frozen=True, kw_only=True)
class Package:
    """A package's modules by dotted name, and all of their imports."""

    name: str
    modules: Mapping[str, Path]
    imports: tuple[Import, ...]

    def noun(self, module: str, *, below: str = "") -> str:
        """Return the part that a module belongs to: the name below the package, or the package.

        `below` is the package itself or one inside it ("gradstream.server").
        """
        return module.removeprefix(f"{below or self.name}.").partition(".")[0]

    def is_inside(self, target: str, *, below: str = "") -> bool:
        """Return whether a target is a module of this package, or of the one inside it that `below` names."""
        return target.startswith(f"{below}.") if below else target.partition(".")[0] == self.name


def read_package(folder: Path) -> Package:
    """Read the package in `folder`."""
    modules = {_dotted(folder, path): path for path in sorted(folder.rglob("*.py"))}
    imports = tuple(found for name, path in modules.items() for found in _imports(name, path, modules))
    return Package(name=folder.name, modules=modules, imports=imports)


def floor_violations(package: Package, floors: Mapping[str, int], *, below: str = "") -> list[str]:
    """Return each import that does not go to a lower floor, and each noun without a floor.

    With `below`, the floors are those inside a package of this package.
    """
    nouns = sorted(
        {package.noun(one, below=below) for one in package.modules if package.is_inside(one, below=below)}
    )
    found = [f"{noun} has no floor" for noun in nouns if noun not in floors]
    for statement in package.imports:
        ends = (statement.module, statement.target)
        if not all(package.is_inside(end, below=below) for end in ends):
            continue
        source, target = (package.noun(end, below=below) for end in ends)
        if source == target:
            continue
        if source in floors and target in floors and floors[target] >= floors[source]:
            way = "sideways" if floors[target] == floors[source] else "up"
            found.append(f"{statement.place()}: {source} imports {target}, which goes {way}")
    return found


def home_violations(package: Package, homes: Mapping[str, frozenset[str] | None]) -> list[str]:
    """Say each foreign library imported away from its homes (None: at home everywhere) or without one."""
    found = []
    for statement in package.imports:
        library = statement.target.partition(".")[0]
        if library == package.name or library in sys.stdlib_module_names:
            continue
        if library not in homes:
            found.append(f"{statement.place()}: {library} has no home")
            continue
        allowed = homes[library]
        if allowed is not None and package.noun(statement.module) not in allowed:
            found.append(f"{statement.place()}: {library} belongs to {', '.join(sorted(allowed))}")
    return found


def first_cycle(package: Package) -> list[str]:
    """Return the modules of one circle of imports, the first again at its end; empty when there is none."""
    graph: dict[str, set[str]] = {module: set() for module in package.modules}
    for statement in package.imports:
        if statement.target in graph and statement.target != statement.module:
            graph[statement.module].add(statement.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        return cycle[::-1]
    return []


def _dotted(folder: Path, path: Path) -> str:
    parts = path.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(module: str, path: Path, modules: Mapping[str, Path]) -> Iterator[Import]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module=module, line=node.lineno, target=alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, path, node)
            # `from package import name` names a module when there is one, and else an attribute of `package`.
            for target in {f"{base}.{a.name}" if f"{base}.{a.name}" in modules else base for a in node.names}:
                yield Import(module=module, line=node.lineno, target=target)


def _absolute(module: str, path: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])
