"""`gradstream COMMAND`: parses the command line and calls the command's module."""

import os
import sys
import textwrap
from collections.abc import Sequence

from gradstream import __version__
from gradstream.cli import exit_codes
from gradstream.cli.commands import COMMANDS, add_options
from gradstream.cli.parser import Parser

EXAMPLES = """\
examples:
  gradstream new my_demo     a demo that runs as it is, in the folder demos
  gradstream serve           its page, which changes as you edit
  gradstream COMMAND --help  the options of a command"""


LONGEST_REASON = 300
"""Characters of a message of the system: a path may be much longer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; usage errors exit with 2."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = _parser(words)
    if not words:
        parser.print_help(sys.stderr)
        return exit_codes.COULD_NOT_RUN
    options = parser.parse_args(words)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except* BrokenPipeError:
        # What reads the output has ended, as `head` does. Python would try to write the rest at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = exit_codes.BROKEN_PIPE
    except* KeyboardInterrupt:
        code = exit_codes.CANCELED
    except* OSError as errors:
        for error in errors.exceptions:
            print(f"gradstream: {textwrap.shorten(str(error), LONGEST_REASON)}", file=sys.stderr)
        code = exit_codes.COULD_NOT_RUN
    return code


def _parser(words: Sequence[str]) -> Parser:
    parser = Parser(prog="gradstream", description="Streaming demos from YAML files.", epilog=EXAMPLES)
    parser.add_argument("--version", action="version", version=f"gradstream {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name in words:
            # Only the requested command: loading the server's libraries takes longer than a `run`.
            add_options(name, command)
            command.set_defaults(parser=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
