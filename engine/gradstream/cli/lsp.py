"""`gradstream lsp`: the language server, which an editor starts and speaks to over standard input."""

import argparse

from gradstream.cli import exit_codes
from gradstream.lsp.server import make_server


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--stdio", action="store_true", help="what editors say; there is no other way")
    parser.set_defaults(command=lsp)


def lsp(_options: argparse.Namespace) -> int:
    """Serve one editor until it ends the conversation."""
    make_server().start_io()
    return exit_codes.SUCCEEDED
