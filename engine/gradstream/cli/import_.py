"""`gradstream import app.py`: an app of Gradio as YAML and a module, read and never run."""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from gradstream.catalog.repairs import RepairedFile
from gradstream.catalog.scaffold import ScaffoldError, demo_folder, with_head, write_files
from gradstream.cli import exit_codes
from gradstream.format.generator.hidden import what_is_hidden
from gradstream.importing.app import import_app
from gradstream.importing.types import AppFiles, NoAppError

EPILOG = """\
what is not translated is printed line by line; the exit code is then 1"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EPILOG
    parser.add_argument("app", type=Path, metavar="APP.py", help="the source of the app")
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="where to write (default: the folder of this catalog's demos)",
    )
    parser.add_argument("--name", help="the name of the YAML and the module (default: that of the app)")
    parser.add_argument("--diff", action="store_true", help="show what would be written, and write nothing")
    parser.add_argument("--force", action="store_true", help="write over files that exist")
    parser.set_defaults(command=run_import)


def run_import(options: argparse.Namespace) -> int:
    """Write the files and print what is missing from them; 2 if there is nothing to write."""
    root = Path.cwd()
    try:
        folder = demo_folder(root) if options.to is None else options.to.resolve()
        root = root if folder.is_relative_to(root) else folder
        name = options.name or module_name(options.app)
        _check_place(options.app, folder, name)
        imported = import_app(options.app, name=name, folder=folder, root=root)
        if options.diff:
            print("".join(_differences(root, folder, imported.files)), end="")
        else:
            written = write_files(root, folder, imported.files, replace=options.force)
            print("\n".join(f"wrote {file}" for file in written.files))
    except NoAppError as error:
        return _refuse(f"{options.app} cannot be imported: {error}")
    except ScaffoldError as error:
        return _refuse(str(error))
    return _report(options.app, imported)


def _check_place(app: Path, folder: Path, name: str) -> None:
    if (folder / f"{name}.py").resolve() == app.resolve():
        raise ScaffoldError(f"the module would take the place of the app: write --name {name}_demo")


def module_name(app: Path) -> str:
    """Return a name for the module of an app that hides no other module."""
    name = re.sub(r"\W+", "_", app.stem, flags=re.ASCII).strip("_").lower() or "app"
    name = name if name.isidentifier() else f"app_{name}"
    return f"{name}_demo" if what_is_hidden(name) else name


def _differences(root: Path, folder: Path, files: Mapping[str, str]) -> list[str]:
    return [
        RepairedFile(
            path=path,
            shown=path.relative_to(root).as_posix(),
            before=path.read_text(encoding="utf-8") if path.exists() else "",
            after=with_head(root, folder, path.name, text),
        ).difference()
        for path, text in ((folder / name, text) for name, text in files.items())
    ]


def _report(app: Path, imported: AppFiles) -> int:
    for each in imported.remarks:
        print(f"{app}:{each.line}: {each.text}", file=sys.stderr)
    return exit_codes.FINDINGS if imported.remarks else exit_codes.SUCCEEDED


def _refuse(message: str) -> int:
    print(f"gradstream: {message}", file=sys.stderr)
    return exit_codes.COULD_NOT_RUN
