"""`gradstream fmt [FILE|FOLDER…]`: write YAML files in one style, with nothing changed in meaning."""

import argparse
import os
import sys
from pathlib import Path

from gradstream.catalog.repairs import FileChangedError, RepairedFile
from gradstream.catalog.restyle import restyle
from gradstream.cli import exit_codes


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "paths", nargs="*", default=[Path()], type=Path, help="files or folders (default: this one)"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if a file is not in the style"
    )
    parser.add_argument("--diff", action="store_true", help="show what changes, and write nothing")
    parser.set_defaults(command=fmt)


def fmt(options: argparse.Namespace) -> int:
    """Write or show the files; 1 if one is left as it is, 2 when a path does not exist."""
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        print(f"gradstream: {missing[0]} does not exist", file=sys.stderr)
        return exit_codes.COULD_NOT_RUN
    is_dry = options.check or options.diff
    changed = left = 0
    for found in restyle(options.paths, environ=os.environ):
        if not isinstance(found, RepairedFile):
            print(f"{found.shown} is left as it is: {found.reason}", file=sys.stderr)
            left += 1
            continue
        if options.diff:
            print(found.difference(), end="")
        if not is_dry:
            try:
                found.write()
            except FileChangedError as error:
                print(f"gradstream: {error}", file=sys.stderr)
                left += 1
                continue
        print(f"{found.shown} {'is not in the style' if is_dry else 'written'}", file=sys.stderr)
        changed += 1
    if not changed and not left:
        print("all files are in the style", file=sys.stderr)
    return exit_codes.FINDINGS if left or (is_dry and changed) else exit_codes.SUCCEEDED
