"""Checks files and folders step by step: what a file's check has found is known before the next file is read.

    paths --files_to_check--> FileToCheck --check--> CheckStep: demo, findings
    a folder's last step: what only all of its demos together show

Files that claim one address are one step. A file that was named and is not a demo is passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gradstream.catalog.checked_file import CheckedFile, check_file, resolve_addresses
from gradstream.catalog.discovery import SUFFIXES
from gradstream.catalog.scan import CheckResult, FileToCheck, files_to_check
from gradstream.catalog.tags import odd_tags
from gradstream.diagnostics import Diagnostic
from gradstream.format.types import Demo


class CheckStep(Struct, frozen=True, kw_only=True):
    """What one step has found. `is_demo`: there was a demo, with errors or without.

    `passed_over` is why a file that was named was not checked.
    """

    demo: Demo | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    is_demo: bool = False
    passed_over: str = ""


def check_paths(paths: Sequence[Path], *, environ: Mapping[str, str]) -> CheckResult:
    """Check files and folders; a file does not have to be in a catalog."""
    steps = [step for path in paths for step in check_path(path, environ=environ)]
    return CheckResult(
        demos=tuple(step.demo for step in steps if step.demo is not None),
        diagnostics=tuple(found for step in steps for found in step.diagnostics),
    )


def check_path(path: Path, *, environ: Mapping[str, str]) -> Iterator[CheckStep]:
    """Yield the steps of checking a file or a folder."""
    if not path.is_dir():
        yield _check_named(path, environ=environ)
        return
    targets = list(files_to_check([path], environ=environ))
    demos = []
    for step in _check_all(targets):
        if step.demo is not None:
            demos.append(step.demo)
        yield step
    yield CheckStep(diagnostics=tuple(odd_tags(demos, environ=environ)))


def _check_named(path: Path, *, environ: Mapping[str, str]) -> CheckStep:
    """Check a file that was named: the marker may be missing where the rest is a demo's."""
    if path.suffix not in SUFFIXES:
        return CheckStep(passed_over="not a YAML file")
    (target,) = files_to_check([path], environ=environ)
    if target.found is None:
        return CheckStep(diagnostics=target.context.catalog.diagnostics)
    entry = check_file(target.found, target.context)
    if not entry.is_demo and not entry.diagnostics:
        return CheckStep(passed_over="not a demo, for want of `gradstream: 1`")
    return _step(entry if entry.is_demo else check_file(target.found, target.context, asked=True))


def _check_all(targets: Sequence[FileToCheck]) -> Iterator[CheckStep]:
    claims = Counter(_address(each) for each in targets)
    held: defaultdict[tuple[Path, str], list[CheckedFile]] = defaultdict(list)
    for each in targets:
        if each.found is None:
            yield CheckStep(diagnostics=each.context.catalog.diagnostics)
            continue
        address = _address(each)
        held[address].append(check_file(each.found, each.context))
        if len(held[address]) == claims[address]:
            yield from map(_step, _settled(held.pop(address)))


def _address(target: FileToCheck) -> tuple[Path, str]:
    """Return what a demo claims for itself: an address in its catalog."""
    return target.context.root, "" if target.found is None else target.found.address


def _settled(same: Sequence[CheckedFile]) -> Iterable[CheckedFile]:
    return (*resolve_addresses(same), *(each for each in same if not each.is_demo))


def _step(entry: CheckedFile) -> CheckStep:
    return CheckStep(demo=entry.demo, diagnostics=entry.diagnostics, is_demo=entry.is_demo)
