"""`gradstream check [FILE|FOLDER…]`: find the mistakes without serving anything.

files --check_path--> findings, good demos --DemoImports--> findings of imports
                          +----------------------------------+--> CheckReport, as they are known
"""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import uvloop

from gradstream.catalog.check_steps import check_path
from gradstream.catalog.discovery import legible
from gradstream.catalog.empty import explain_empty
from gradstream.catalog.repairs import repairs_of
from gradstream.cli import exit_codes
from gradstream.cli.check_report import DOCUMENTS, FORMS, CheckReport, counted
from gradstream.cli.parser import count, seconds
from gradstream.engines.local.imports.gate import ImportGate
from gradstream.engines.local.imports.importer import DemoImports, Imported
from gradstream.engines.local.imports.resources import count_processors, read_memory
from gradstream.format.types import Demo

IMPORT_LIMIT_S = 60.0
"""A demo that loads a model at import may take long; one that takes longer than this counts as hanging."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths", nargs="*", default=[Path()], type=Path, help="files or folders (default: this one)"
    )
    parser.add_argument("--format", choices=FORMS, default="text", help="form of the report")
    parser.add_argument("--no-import", action="store_true", help="do not import the generators")
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=IMPORT_LIMIT_S,
        metavar="SECONDS",
        help=f"how long one demo's import may take (default: {IMPORT_LIMIT_S:g})",
    )
    parser.add_argument(
        "--jobs",
        type=count,
        metavar="N",
        help="imports at a time (default: one a processor, fewer where memory is short)",
    )
    repairs = parser.add_mutually_exclusive_group()
    repairs.add_argument(
        "--diff", action="store_true", help="show the repairs that are certain, and write nothing"
    )
    repairs.add_argument("--fix", action="store_true", help="show and make the repairs that are certain")
    parser.add_argument("--strict", action="store_true", help="warnings count as mistakes")
    parser.set_defaults(command=check)


def check(options: argparse.Namespace) -> int:
    """Report all findings; 0 for none that count, 1 for some, 2 when there is nothing to check."""
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        print(f"gradstream: {missing[0]} does not exist", file=sys.stderr)
        return exit_codes.COULD_NOT_RUN
    if options.diff or options.fix:
        _repair(options)
    command = CheckCommand(options, environ=os.environ)
    try:
        return uvloop.run(command.run())
    except KeyboardInterrupt:
        return command.interrupted()


def _repair(options: argparse.Namespace) -> None:
    """Show what is certain to repair findings, and write it if asked; of two ways, none is taken."""
    shown = sys.stderr if options.format in DOCUMENTS else sys.stdout
    number = 0
    for each in repairs_of(options.paths, environ=os.environ):
        print(each.difference(), file=shown)
        if options.fix:
            each.write()
        number += 1
    done = "repaired" if options.fix else "can be repaired"
    print(f"{counted(number, 'file')} {done}", file=sys.stderr)


class CheckCommand:
    """One run of the command."""

    def __init__(self, options: argparse.Namespace, *, environ: Mapping[str, str]) -> None:
        self._options = options
        self._environ = environ
        self._report = CheckReport(options.format)
        self._demos: dict[Path, Demo] = {}
        self._places: dict[str, int] = {}
        self._begun: set[str] = set()
        self._imported = 0
        self._failed = 0
        self._undecided = 0
        self._is_empty = False

    async def run(self) -> int:
        """Check the files, then import the demos without errors; return the exit code."""
        gate = ImportGate(self._options.jobs or count_processors(), read=read_memory)
        async with DemoImports(
            gate, limit_s=self._options.timeout, started=self._note_begin, ended=self._note_end
        ) as imports:
            async with asyncio.TaskGroup() as tasks:
                async for _ in self._checked_demos():
                    if len(self._demos) == 1 and not self._options.no_import:
                        tasks.create_task(imports.prepare())
            self._places = {demo.file: place for place, demo in enumerate(self._demos.values())}
            if not self._options.no_import:
                await imports.run(self._demos.values())
        return self._finish()

    def interrupted(self) -> int:
        """Say what Ctrl-C has left out; return the exit code."""
        of = f" of {counted(len(self._demos), 'demo')}"
        left = f": {self._imported}{of} imported" if self._begun else ""
        self._report.say(f"gradstream: interrupted{left}")
        return exit_codes.CANCELED

    async def _checked_demos(self) -> AsyncIterator[Demo]:
        """Check all files; yield the demos without errors, each once."""
        for number, path in enumerate(dict.fromkeys(self._options.paths)):
            has_demo = not path.is_dir()
            for step in check_path(path, environ=self._environ):
                has_demo = has_demo or step.is_demo
                self._report.add(step.diagnostics, place=(0, number))
                if step.passed_over:
                    self._report.say(f"gradstream: passed over {path}: {step.passed_over}")
                file = None if step.demo is None else Path(step.demo.folder, Path(step.demo.file).name)
                if step.demo is not None and file is not None and file not in self._demos:
                    self._demos[file] = step.demo
                    yield step.demo
                # Here Ctrl-C is noticed, and the start of what imports are forked from goes on.
                await asyncio.sleep(0)
            if not has_demo:
                self._note_empty(path)

    def _note_empty(self, folder: Path) -> None:
        self._is_empty = True
        why = explain_empty(folder, environ=self._environ)
        self._report.say(f"gradstream: no demo found in {legible(str(folder))}")
        for label, text in (("searched", why.searched), ("found", why.found), ("repair", why.repair)):
            self._report.say(f"  {label + ':':<9} {text}")

    def _note_begin(self, demo: Demo) -> None:
        # Again where an import is tried a second time.
        self._begun.add(demo.file)
        self._report.progress(f"importing {len(self._begun)} of {len(self._demos)}: {demo.address}")

    def _note_end(self, imported: Imported) -> None:
        self._imported += 1
        self._undecided += not imported.is_decided
        self._failed += imported.is_decided and any(each.is_error for each in imported.diagnostics)
        self._report.add(imported.diagnostics, place=(1, self._places[imported.demo.file]))

    def _finish(self) -> int:
        self._report.finish()
        if self._is_empty and not self._demos and not self._report.errors + self._report.warnings:
            return exit_codes.COULD_NOT_RUN
        good = len(self._demos) - self._failed - self._undecided
        demos = [counted(good, "good demo")]
        if self._failed:
            demos.append(counted(self._failed, "demo", "that cannot be imported"))
        if self._undecided:
            demos.append(counted(self._undecided, "demo", "not decided"))
        self._report.sum_up(demos)
        if self._is_empty:
            return exit_codes.COULD_NOT_RUN
        counts = self._report.errors or (self._options.strict and self._report.warnings)
        return exit_codes.FINDINGS if counts else exit_codes.SUCCEEDED
