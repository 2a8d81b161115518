"""Read a page of docs/authoring as what its reader does, step by step, and do it.

    `demos/a.yaml`:  + ```yaml, python, csv…  -> Write: the file holds the block
    `demos/a.yaml`:  + ```diff                -> Edit: the lines with - become the lines with +
    ```console                                -> Command: each `$ line`, with what is printed below it

A block without a file's name before it is there to be read; `unnamed` has those.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tests.forked_command import run_command

BLOCK = re.compile(
    r"(?P<before>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)
NAME = re.compile(r"`(?P<name>[\w./-]+\.\w+)`:$")
COMMANDS = ("check", "import", "new", "run", "schema")
"""Those that come to an end by themselves; `serve` and the shell's own are left to the reader."""


class Write(Struct, frozen=True):
    """A file and all that it holds."""

    name: str
    text: str


class Edit(Struct, frozen=True):
    """Lines of a file that give way to others."""

    name: str
    old: str
    new: str


class Command(Struct, frozen=True):
    """A line for the terminal, and what it prints; empty where the page does not show it."""

    line: str
    printed: str


Step = Write | Edit | Command


def steps(page: str) -> Iterator[Step]:
    """Yield what the page tells its reader to do, in order."""
    for block in BLOCK.finditer(page):
        named = NAME.search(block["before"])
        if block["language"] == "console":
            yield from _commands(block["text"])
        elif named is None:
            continue
        elif block["language"] == "diff":
            yield Edit(named["name"], *(_side(block["text"], sign) for sign in "-+"))
        else:
            yield Write(named["name"], block["text"])


def unnamed(page: str, language: str) -> list[str]:
    """Return the blocks of a language that are not a file's content."""
    return [
        block["text"]
        for block in BLOCK.finditer(page)
        if block["language"] == language and not NAME.search(block["before"])
    ]


class Printed(Struct, frozen=True):
    """A command and its output: as the page shows them, and as they are."""

    shown: str
    actual: str


def play(page: str, folder: Path) -> list[Printed]:
    """Do all that a page says in a folder; return the commands whose output the page shows."""
    environ = dict(os.environ)
    printed: list[Printed] = []
    for step in steps(page):
        match step:
            case Write():
                target = folder / step.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(step.text, encoding="utf-8")
            case Edit():
                target = folder / step.name
                text = target.read_text(encoding="utf-8")
                assert text.count(step.old) == 1, f"{step.name} has not exactly one {step.old!r}"
                target.write_text(text.replace(step.old, step.new), encoding="utf-8")
            case Command():
                output = _enter(step, folder, environ)
                if step.printed:
                    prompt = f"$ {step.line}\n"
                    printed.append(Printed(shown=prompt + step.printed, actual=prompt + output))
    return printed


def gradstream(
    folder: Path, arguments: Sequence[str], environ: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run the program in a folder; return its exit code and what it printed on both ways out."""
    done = run_command(arguments, folder=folder, environ=environ, joined=True)
    return done.returncode, done.stdout


def _enter(command: Command, folder: Path, environ: dict[str, str]) -> str:
    """Run a command, and return what it prints, without the time that a run took."""
    words = command.line.split()
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        environ[name] = value
    elif words[0] == "gradstream" and words[1] in COMMANDS:
        _, printed = gradstream(folder, words[1:], environ)
        return re.sub(r"\n?succeeded after [\d.]+ s\n", "\n", printed).rstrip("\n") + "\n"
    return command.printed


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, printed = part.partition("\n")
        yield Command(line, printed)


def _side(text: str, sign: str) -> str:
    return "".join(line[1:] + "\n" for line in text.splitlines() if line.startswith(sign))
