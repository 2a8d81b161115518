"""`gradstream lsp`: the language server, which an editor starts and speaks to over standard input."""

import argparse
import os

from gradstream.cli import exit_codes
from gradstream.lsp.server import make_server


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--stdio", action="store_true", help="what editors say; there is no other way")
    parser.set_defaults(command=lsp)


def lsp(_options: argparse.Namespace) -> int:
    """Serve one editor until it ends the conversation; without its `shutdown` that is a failure."""
    server = make_server()
    # The server closes what it was given at its end.
    with os.fdopen(os.dup(0), "rb") as read, os.fdopen(os.dup(1), "wb") as written:
        server.start_io(read, written)
    return exit_codes.SUCCEEDED if server.is_shut_down else exit_codes.FINDINGS
