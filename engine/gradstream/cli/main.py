"""`gradstream COMMAND`: parses the command line and calls the command's module."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from gradstream import __version__

COMMANDS = {
    "serve": "serve a folder of demos",
    "run": "run a demo in the terminal, without a server",
    "check": "find mistakes without serving anything",
    "new": "begin a demo that runs as it is",
    "schema": "print the format as one JSON Schema",
}
"""Each is a module of this package with `add_options(parser)`, which sets the parser's `command`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; usage errors exit with 2."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(words).parse_args(words)
    code: int = options.command(options)
    return code


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="gradstream", description="Streaming demos from YAML files.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"gradstream {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        if name in words:
            # Only the requested command: loading the server's libraries takes longer than a `run`.
            import_module(f"gradstream.cli.{name}").add_options(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
