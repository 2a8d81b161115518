"""Which demos are imported in one process, and from which fork server that process comes.

    same modules, same folders, same `worker` --> one process: each module is executed once
    share a worker                            --> one process, as when they are served
    begin with the same packages              --> processes forked where these are imported already

All else gets a process of its own: no import sees what another demo's code has done.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.leading_imports import leading_imports
from gradstream.format.generator.resolve import locate
from gradstream.format.types import Demo, GeneratorPath

FEWEST = 2
"""Of processes that begin with the same packages: for one alone, to import these first would save nothing."""


class ImportGroup(Struct, frozen=True, kw_only=True):
    """Demos that are imported in one process; `packages` are what they import before all else."""

    demos: tuple[Demo, ...]
    packages: tuple[str, ...]


def group(demos: Iterable[Demo]) -> list[ImportGroup]:
    """Return the groups, in the order of their first demos."""
    together: dict[Hashable, list[Demo]] = {}
    for demo in demos:
        together.setdefault(_process_of(demo), []).append(demo)
    return [ImportGroup(demos=tuple(each), packages=_packages(each[0])) for each in together.values()]


def by_packages(groups: Iterable[ImportGroup]) -> dict[tuple[str, ...], list[ImportGroup]]:
    """Return the groups by the packages that a fork server should import for them; () for none."""
    same: defaultdict[frozenset[str], list[ImportGroup]] = defaultdict(list)
    for each in groups:
        same[frozenset(each.packages)].append(each)
    found: dict[tuple[str, ...], list[ImportGroup]] = {}
    for alike in same.values():
        packages = alike[0].packages if len(alike) >= FEWEST else ()
        found.setdefault(packages, []).extend(alike)
    return found


def hiding(groups: Sequence[ImportGroup], names: Collection[str]) -> list[ImportGroup]:
    """Return the groups with a file or folder of one of these names, which their imports would find first."""
    roots = {root for each in groups for root in _roots(each.demos)}
    clashing = {root for root in roots if not set(names).isdisjoint(_names_in(root))}
    return [each for each in groups if not clashing.isdisjoint(_roots(each.demos))]


def _process_of(demo: Demo) -> Hashable:
    if demo.worker.shared is not None:
        return (demo.root, demo.worker.shared, _python(demo))
    modules = tuple(map(_module, demo.paths))
    return (modules, tuple(_roots([demo])), demo.worker.memory_bytes, _python(demo))


def _python(demo: Demo) -> str | None:
    return None if demo.worker.python is None else demo.worker.python.path


def _packages(demo: Demo) -> tuple[str, ...]:
    # A bound of memory counts from where the demo begins. Elsewhere, loaded libraries do not survive a fork.
    is_apart = demo.worker.shared is not None or demo.worker.python is not None
    if is_apart or demo.worker.memory_bytes is not None or sys.platform != "linux":
        return ()
    return leading_imports(demo.actions[0].generator)


def _roots(demos: Iterable[Demo]) -> list[str]:
    return list(
        dict.fromkeys(root for demo in demos for each in demo.actions for root in each.generator.roots)
    )


def _names_in(root: str) -> Sequence[str]:
    try:
        return [name.partition(".")[0] for name in os.listdir(root)]  # noqa: PTH208 (names are enough)
    except OSError:
        return []


def _module(path: GeneratorPath) -> str:
    located = locate(path)
    return path.text if isinstance(located, Diagnostic) else located.module
