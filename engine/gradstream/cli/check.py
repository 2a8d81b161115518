"""`gradstream check [FILE|FOLDER…]`: find the mistakes without serving anything."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop
from msgspec import json

from gradstream import __version__
from gradstream.catalog.repairs import repairs_of
from gradstream.catalog.scan import CheckResult, check_paths
from gradstream.cli import exit_codes
from gradstream.cli.parser import seconds
from gradstream.diagnostics import Diagnostic, once
from gradstream.engines.local.engine import LocalEngine
from gradstream.format.types import Demo
from gradstream.report import github, sarif, terminal
from gradstream.report import json as json_report

IMPORT_LIMIT_S = 60.0
"""A demo that loads a model at import may take long; one that takes longer than this counts as hanging."""

CLEAR_LINE = "\x1b[K"
WIDEST = 80
"""Columns of progress: a line that wraps cannot be cleared."""

FORMATS = ("text", "json", "sarif", "github")

MACHINE_FORMATS = frozenset({"json", "sarif"})
"""For programs: nothing else is printed."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths", nargs="*", default=[Path()], type=Path, help="files or folders (default: this one)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="form of the report")
    parser.add_argument("--no-import", action="store_true", help="do not import the generators")
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=IMPORT_LIMIT_S,
        metavar="SECONDS",
        help=f"how long one demo's import may take (default: {IMPORT_LIMIT_S:g})",
    )
    repairs = parser.add_mutually_exclusive_group()
    repairs.add_argument(
        "--diff", action="store_true", help="show the repairs that are certain, and write nothing"
    )
    repairs.add_argument("--fix", action="store_true", help="show and make the repairs that are certain")
    parser.add_argument("--strict", action="store_true", help="warnings count as mistakes")
    parser.set_defaults(command=check)


def check(options: argparse.Namespace) -> int:
    """Report all findings; 0 for none that count, 1 for some, 2 when a path does not exist."""
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        print(f"gradstream: {missing[0]} does not exist", file=sys.stderr)
        return exit_codes.COULD_NOT_RUN
    if options.diff or options.fix:
        _repair(options)
    checked = check_paths(options.paths, environ=os.environ)
    found = [*checked.diagnostics]
    if not options.no_import:
        found += uvloop.run(_import_all(checked.demos, limit_s=options.timeout))
    # Some findings of the check are found again by the import.
    found = once(found)
    _print(found, checked, options)
    counts = any(diagnostic.is_error or options.strict for diagnostic in found)
    return exit_codes.FINDINGS if counts else exit_codes.SUCCEEDED


def _repair(options: argparse.Namespace) -> None:
    """Show what is certain to repair findings, and write it if asked; of two ways, none is taken."""
    shown = sys.stderr if options.format in MACHINE_FORMATS else sys.stdout
    count = 0
    for each in repairs_of(options.paths, environ=os.environ):
        print(each.difference(), file=shown)
        if options.fix:
            each.write()
        count += 1
    done = "repaired" if options.fix else "can be repaired"
    print(f"{_count(count, 'file')} {done}", file=sys.stderr)


def _print(found: Sequence[Diagnostic], checked: CheckResult, options: argparse.Namespace) -> None:
    text = _text(found, options.format)
    if text:
        print(text)
    if options.format in MACHINE_FORMATS:
        return
    errors = sum(diagnostic.is_error for diagnostic in found)
    nouns = {"good demo": len(checked.demos), "mistake": errors, "warning": len(found) - errors}
    print(", ".join(_count(number, noun) for noun, number in nouns.items()), file=sys.stderr)


def _text(found: Sequence[Diagnostic], form: str) -> str:
    match form:
        case "json":
            return json.encode(json_report.report(found)).decode()
        case "sarif":
            return json.encode(
                sarif.log(found, program=__version__, sources=terminal.sources_below(Path()))
            ).decode()
        case "github":
            return github.render(found)
        case _:
            return terminal.render(found, root=Path(), colour=sys.stdout.isatty())


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


async def _import_all(demos: Sequence[Demo], *, limit_s: float) -> list[Diagnostic]:
    """Import each demo's generators in a separate worker, one after the other."""
    found: list[Diagnostic] = []
    engine = LocalEngine(standby=False)
    try:
        for number, demo in enumerate(demos, 1):
            _show_progress(f"importing {number} of {len(demos)}: {demo.address}")
            found += await _import_one(engine, demo, limit_s=limit_s)
    finally:
        _show_progress("")
        await engine.aclose()
    return found


def _show_progress(text: str) -> None:
    """Show progress on a terminal; each text replaces the one before."""
    if sys.stderr.isatty():
        print(f"\r{CLEAR_LINE}{text[: WIDEST - 1]}", end="", file=sys.stderr, flush=True)


async def _import_one(engine: LocalEngine, demo: Demo, *, limit_s: float) -> Sequence[Diagnostic]:
    try:
        async with asyncio.timeout(limit_s):
            return (await engine.open(demo)).diagnostics
    except TimeoutError:
        return [
            Diagnostic(
                span=demo.actions[0].generator.span,
                code="E-IMPORT-SLOW",
                message=f"importing the generator did not end within {limit_s:g} s",
                expected="an import that ends",
                found=f"`{demo.actions[0].generator.text}` still importing",
                repair="move slow work from the module's top level into the generator",
            )
        ]
