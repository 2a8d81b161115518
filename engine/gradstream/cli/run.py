"""`gradstream run DEMO`: run a demo in the terminal, without a server, and show its events as they come."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import uvloop

from gradstream.catalog.scan import read_catalog
from gradstream.catalog.types import Snapshot
from gradstream.cli import exit_codes
from gradstream.cli.input_args import GivenError, GivenInputs
from gradstream.cli.logs import set_up_logging
from gradstream.cli.transcript import Screen, Transcript
from gradstream.components.form import Finding
from gradstream.engines.local.engine import LocalEngine
from gradstream.events import codec
from gradstream.events.feed import Feed
from gradstream.events.fold import RunState
from gradstream.events.types import Entry
from gradstream.format.types import Demo
from gradstream.report import terminal
from gradstream.runs.limits import Limits
from gradstream.runs.run import Run
from gradstream.runs.service import NoSuchAction, Refusal, RunService, RunWish, UnfitInputs

ACCEPTS = ("flac", "opus", "aac")
"""Codecs of sound: a file's player has them all, and the first loses nothing."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("demo", help="the demo's address, or its YAML file")
    parser.add_argument(
        "--input", action="append", default=[], metavar="NAME=VALUE", help="a value for an input"
    )
    parser.add_argument("--action", help="which action, where the demo has several (default: the first)")
    parser.add_argument("--json", action="store_true", help="print each event as a line of JSON")
    parser.add_argument("--folder", default=".", type=Path, help="the catalog's folder (default: this one)")
    parser.add_argument(
        "--out", default=".", type=Path, help="where pictures, sound and video go (default: this folder)"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Run the demo and return an exit code that says whose doing a failure was (see `exits`)."""
    set_up_logging("text", level=logging.CRITICAL)  # what the run tells is told by the transcript
    snapshot = read_catalog(options.folder.resolve(), environ=os.environ)
    demo = _find(snapshot, options.demo)
    if isinstance(demo, int):
        return demo
    try:
        given = GivenInputs(options.input, demo)
    except GivenError as error:
        return _refuse(str(error), exit_codes.COULD_NOT_RUN)
    return uvloop.run(_run(demo, given, options))


async def _run(demo: Demo, given: GivenInputs, options: argparse.Namespace) -> int:
    wish = RunWish(demo=demo, inputs=given.values, action=options.action, accepts=ACCEPTS)
    engine = LocalEngine(standby=False)
    with tempfile.TemporaryDirectory(prefix="gradstream-", ignore_cleanup_errors=True) as scratch:
        try:
            async with RunService(engine=engine, folder=Path(scratch), limits=Limits()) as runs:
                started = runs.create(wish, find_upload=given.find)
                if not isinstance(started, Run):
                    return _explain(started)
                return await _follow(started, options)
        finally:
            await engine.aclose()


async def _follow(started: Run, options: argparse.Namespace) -> int:
    """Show the run until it is over; Ctrl-C stops it, and is shown as any stop."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, started.stop, "visitor")
    new = asyncio.Event()
    feed = Feed(started.journal, detail=True)
    tell = _teller(started, options)
    with contextlib.ExitStack() as stack:
        stack.callback(started.journal.subscribe(new.set))
        stack.callback(started.readers.attach())
        while True:
            for entry in feed.take():
                tell(entry)
            if feed.is_over:
                break
            if not feed.has_more:
                await new.wait()
                new.clear()
    return _exit_code(started.journal.state())


def _teller(started: Run, options: argparse.Namespace) -> Callable[[Entry], None]:
    if options.json:

        def tell(entry: Entry) -> None:
            print(codec.message(started.id, entry).decode(), flush=True)

        return tell
    screen = Screen(values=sys.stdout, notes=sys.stderr, folder=options.out)
    transcript = Transcript(
        started.record.demo,
        screen=screen,
        find_blob=started.blobs.get,
        find_stream=started.streams.get,
    )
    return transcript.tell


def _exit_code(state: RunState) -> int:
    if state.status == "canceled":
        return exit_codes.CANCELED
    return exit_codes.SUCCEEDED if state.fault is None else exit_codes.BY_FAULT[state.fault]


def _find(snapshot: Snapshot, wanted: str) -> Demo | int:
    """Return the demo of that address or file; or say why there is none and return the exit code."""
    address = snapshot.files.get(str(Path(wanted).resolve()), wanted)
    demo = snapshot.demos.get(address)
    if demo is not None:
        return demo
    broken = snapshot.broken.get(address)
    if broken is not None:
        text = terminal.render(broken.diagnostics, root=Path(snapshot.root), colour=sys.stderr.isatty())
        return _refuse(text, exit_codes.FINDINGS)
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
