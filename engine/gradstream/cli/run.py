"""`gradstream run DEMO`: run a demo in the terminal, without a server, and show its events as they come."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import uvloop

from gradstream.catalog.checked_file import read_context
from gradstream.catalog.discovery import SUFFIXES
from gradstream.catalog.scan import read_catalog, read_file
from gradstream.catalog.types import CatalogSnapshot
from gradstream.cli import exit_codes
from gradstream.cli.input_args import GivenError, GivenInputs
from gradstream.cli.prints import PrintHandler, show_prints
from gradstream.cli.transcript import Screen, Transcript
from gradstream.components.form import Finding
from gradstream.diagnostics import Diagnostic
from gradstream.events import codec
from gradstream.events.fold import RunState
from gradstream.events.types import PRINTED, Entry, Log
from gradstream.format.types import Demo
from gradstream.home import local_home
from gradstream.report import terminal
from gradstream.runs.caller import Caller
from gradstream.runs.contract import NoSuchAction, Refusal, RunHandle, RunWish, UnfitInputs
from gradstream.runs.follow import Follower
from gradstream.runs.heartbeat import Heartbeat

ACCEPTS = ("flac", "opus", "aac")
"""Audio codecs: a player of files has them all, and the first is lossless."""


Show = Callable[[Entry], Awaitable[None]]
"""Shows an event."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("demo", help="the demo's address, or its YAML file")
    parser.add_argument(
        "--input", action="append", default=[], metavar="NAME=VALUE", help="a value for an input"
    )
    parser.add_argument("--action", help="which action, where the demo has several (default: the first)")
    parser.add_argument("--json", action="store_true", help="print each event as a line of JSON")
    parser.add_argument(
        "--folder", type=Path, help="the catalog's folder (default: this one; none for a file)"
    )
    parser.add_argument(
        "--out", default=".", type=Path, help="where pictures, sound and video go (default: this folder)"
    )
    parser.add_argument(
        "--record", type=Path, metavar="FILE", help="write the run, when it is over, as a recording: a zip"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Run the demo and return an exit code that says who is responsible for a failure (see `exit_codes`)."""
    prints = show_prints()
    file = Path(options.demo)
    if options.folder is None and file.suffix in SUFFIXES and file.is_file():
        demo = _read(file)
    else:
        root = (options.folder or Path()).resolve()
        demo = _find(read_catalog(root, environ=os.environ), options.demo)
    if isinstance(demo, int):
        return demo
    try:
        given = GivenInputs(options.input, demo)
    except GivenError as error:
        return _refuse(str(error), exit_codes.COULD_NOT_RUN)
    return uvloop.run(_run(demo, given, options, prints))


async def _run(demo: Demo, given: GivenInputs, options: argparse.Namespace, prints: PrintHandler) -> int:
    wish = RunWish(demo=demo, inputs=given.values, action=options.action, accepts=ACCEPTS)
    # As a server of the demo's catalog has them.
    limits = read_context(Path(demo.root), environ=os.environ).catalog.options.limits
    async with local_home(limits=limits, standby=False, uploads=given) as home:
        created = await home.runs.create(wish, Caller(may_see_tracebacks=True))
        if isinstance(created, Refusal):
            return _explain(created)
        code = await _follow(created, _printer(created, options), prints)
        if options.record is None:
            return code
        problem = await home.record(created.record.id, options.record, given.values)
        return code if problem is None else _refuse(problem, exit_codes.COULD_NOT_RUN)


async def _follow(run: RunHandle, show: Show, prints: PrintHandler) -> int:
    """Show the run until it is over; Ctrl-C stops it, and is shown like any stop."""
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tasks:
        loop.add_signal_handler(signal.SIGINT, lambda: tasks.create_task(run.stop("visitor")))
        with Follower(run.reader(after=0), heartbeat=Heartbeat()) as batches:
            async for entries in batches:
                for entry in entries:
                    if not prints.has_shown(codec.event(entry)):
                        await show(entry)
        loop.remove_signal_handler(signal.SIGINT)
    return _exit_code(await run.state())


def _printer(run: RunHandle, options: argparse.Namespace) -> Show:
    if options.json:

        async def print_json(entry: Entry) -> None:
            event = codec.event(entry)
            if isinstance(event, Log) and event.level in PRINTED:
                print(event.text, file=sys.stderr, flush=True)
            else:
                print(codec.message(run.record.id, entry).decode(), flush=not entry.more)

        return print_json
    screen = Screen(values=sys.stdout, notes=sys.stderr, folder=options.out)
    return Transcript(run, screen=screen).show


def _exit_code(state: RunState) -> int:
    if state.status == "canceled":
        return exit_codes.CANCELED
    return exit_codes.SUCCEEDED if state.fault is None else exit_codes.BY_FAULT[state.fault]


def _read(file: Path) -> Demo | int:
    """Return the demo of a file, wherever it is; or show its errors and return the exit code."""
    checked = read_file(file, environ=os.environ)
    if checked.demos:
        return checked.demos[0]
    return _refuse(_rendered(checked.diagnostics, root=Path()), exit_codes.FINDINGS)


def _rendered(diagnostics: Sequence[Diagnostic], *, root: Path) -> str:
    return terminal.render(diagnostics, root=root, colour=sys.stderr.isatty())


def _find(snapshot: CatalogSnapshot, wanted: str) -> Demo | int:
    """Return the demo of that address or file; or say why there is none and return the exit code."""
    address = snapshot.files.get(str(Path(wanted).resolve()), wanted)
    demo = snapshot.demos.get(address)
    if demo is not None:
        return demo
    broken = snapshot.broken.get(address)
    if broken is not None:
        return _refuse(_rendered(broken.diagnostics, root=Path(snapshot.root)), exit_codes.FINDINGS)
    known = ", ".join(sorted(snapshot.demos)) or "no demos"
    return _refuse(f"there is no demo {wanted} in {snapshot.root}; it has {known}", exit_codes.COULD_NOT_RUN)


def _explain(refusal: Refusal) -> int:
    match refusal:
        case NoSuchAction():
            return _refuse(
                f"no action {refusal.name}; there are {', '.join(refusal.known)}", exit_codes.COULD_NOT_RUN
            )
        case UnfitInputs():
            lines = [_describe(finding) for finding in refusal.findings]
            return _refuse("\n".join(lines), exit_codes.BY_FAULT["visitor"])
        case _:
            return _refuse("the run was not taken", exit_codes.BY_FAULT["server"])


def _describe(finding: Finding) -> str:
    problem = finding.problem
    repair = f"; {problem.repair}" if problem.repair else ""
    found = f"expected {problem.expected}, found {problem.found}"
    return f"--input {finding.input}: {problem.message}; {found}{repair}"


def _refuse(text: str, code: int) -> int:
    print(f"gradstream: {text}" if "\n" not in text else text, file=sys.stderr)
    return code
