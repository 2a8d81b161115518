"""`gradstream schema [demo|catalog]`: the format as one JSON Schema, for editors and other programs."""

import argparse
import json
import sys
from pathlib import Path

from gradstream.cli import exit_codes
from gradstream.format.schema.bundle import FILES, bundle


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "subject",
        nargs="?",
        choices=tuple(FILES),
        default="demo",
        help="a demo's file, or gradstream.yaml (default: demo)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to this file instead of the terminal")
    parser.set_defaults(command=schema)


def schema(options: argparse.Namespace) -> int:
    """Print or write the schema; 2 if the file cannot be written."""
    text = json.dumps(bundle(options.subject), indent=2, ensure_ascii=False) + "\n"
    if options.out is None:
        sys.stdout.write(text)
        return exit_codes.SUCCEEDED
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"gradstream: {options.out} cannot be written: {error.strerror}", file=sys.stderr)
        return exit_codes.COULD_NOT_RUN
    return exit_codes.SUCCEEDED
