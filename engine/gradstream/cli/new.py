"""`gradstream new NAME`: creates a demo that runs without changes."""

import argparse
import sys
from pathlib import Path

from gradstream.catalog.scaffold import (
    NewDemo,
    ScaffoldError,
    create_from_function,
    create_from_template,
    templates,
)
from gradstream.cli import exit_codes
from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.infer import NoSketchError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("name", nargs="?", help="the demo's name: letters, digits and underscores")
    parser.add_argument(
        "--template", choices=tuple(templates()), default="text", help="what to begin with (default: text)"
    )
    parser.add_argument("--from", dest="path", metavar="PACKAGE.FUNCTION", help="a function that exists")
    parser.add_argument("--list", action="store_true", help="show the templates")
    parser.add_argument(
        "--folder", type=Path, default=Path(), help="the catalog's folder (default: this one)"
    )
    parser.set_defaults(command=new)


def new(options: argparse.Namespace) -> int:
    """Write the files and print the next step; 2 if they cannot be written."""
    if options.list:
        print("\n".join(f"{name:<6} {said}" for name, said in templates().items()))
        return exit_codes.SUCCEEDED
    if options.name is None:
        return _refuse(
            "a name is missing: gradstream new my_demo (gradstream new --list shows the templates)"
        )
    try:
        created = _create(options)
    except (ScaffoldError, NoSketchError) as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"{error.filename} cannot be written: {error.strerror}")
    if isinstance(created, Diagnostic):
        return _refuse(f"{created.message}: {created.repair}")
    print("\n".join(f"wrote {file}" for file in created.files))
    at = "" if options.folder == Path() else f" {options.folder}"
    print(f"now run: gradstream serve{at}")
    return exit_codes.SUCCEEDED


def _create(options: argparse.Namespace) -> NewDemo | Diagnostic:
    root = options.folder.resolve()
    if options.path is not None:
        return create_from_function(root, options.name, path=options.path)
    return create_from_template(root, options.name, template=options.template)


def _refuse(message: str) -> int:
    print(f"gradstream: {message}", file=sys.stderr)
    return exit_codes.COULD_NOT_RUN
