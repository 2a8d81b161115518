"""`gradstream serve [FOLDER]`: serves a catalog until it is stopped."""

import argparse
import contextlib
import ctypes
import logging
import os
import resource
import socket
import sys
import webbrowser
from functools import partial
from pathlib import Path

import uvloop

from gradstream import app, settings
from gradstream.catalog.check_cache import CheckCache
from gradstream.catalog.discovery import legible
from gradstream.catalog.scaffold import refresh_schemas
from gradstream.catalog.scan import read_catalog
from gradstream.catalog.types import CatalogSnapshot
from gradstream.cli import exit_codes
from gradstream.cli.logs import LogHandler, set_up_logging
from gradstream.cli.parser import port_number, root_path
from gradstream.cli.ports import PortTakenError, listen, network_address
from gradstream.cli.qr_code import show_code
from gradstream.report import terminal
from gradstream.server.http.developer_key import new_key

MAX_FILES = 65_536
"""More than one process can serve; with a limit of millions, some systems become much slower."""

logger = logging.getLogger(__name__)

PUBLIC = (
    "this address is open to other machines: anyone who reaches it can run the demos. "
    "Users with passwords are listed under `access` in gradstream.yaml, and a certificate needs a proxy in "
    "front; see docs/authoring/serving.md"
)

UNENCRYPTED = (
    "this address is open to other machines, and passwords and tokens cross the network as they are. "
    "A proxy in front has a certificate; see docs/authoring/serving.md"
)

M_TRIM_THRESHOLD = -1
M_MMAP_THRESHOLD = -3
M_ARENA_MAX = -8
"""The numbers of these options in malloc.h."""

KEPT_BUFFER_BYTES = 2**16

HOW_TO_BEGIN = """\
gradstream: no demos yet. Begin with one that runs as it is, here and in another terminal:
  gradstream new my_demo
The page shows it as soon as it is written. `gradstream new --list` has other templates."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "folder", nargs="?", default=".", type=Path, help="the catalog's folder (default: this one)"
    )
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=port_number, help="port; 0 takes any (default: the next free one from 8600)"
    )
    parser.add_argument(
        "--root-path",
        type=root_path,
        metavar="PATH",
        help="the path below which a proxy serves this server, such as /lab",
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument(
        "--dev",
        action=argparse.BooleanOptionalAction,
        help="print an address with a key: who opens it sees tracebacks, the documentation and sources "
        "(default: on a loopback address)",
    )
    parser.add_argument(
        "--poll",
        action="store_true",
        help="look for saved files every half second: for network folders, which do not report changes",
    )
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="read every demo in full, and write nothing to .gradstream/cache",
    )
    parser.add_argument(
        "--log", choices=("text", "json"), default="text", help="form of the log on standard error"
    )
    parser.set_defaults(command=serve)


def serve(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C; 0 after an orderly shutdown."""
    log = set_up_logging(options.log)
    _allow_connections()
    _return_memory()
    if not options.folder.is_dir():
        print(
            f"gradstream: {options.folder} is not a folder; give the one that holds the demos",
            file=sys.stderr,
        )
        return exit_codes.COULD_NOT_RUN
    root = Path(os.path.abspath(options.folder))  # noqa: PTH100 (a link stays one, and can be swapped)
    refresh_schemas(root)
    cache = CheckCache(root) if options.cache else None
    snapshot = read_catalog(root, environ=os.environ, cache=cache)
    _show_findings(snapshot, log)
    make_settings = partial(
        settings.merge,
        host=options.host,
        port=options.port,
        dev=options.dev,
        root_path=options.root_path,
        poll=options.poll,
        writes_cache=options.cache,
    )
    chosen = make_settings(snapshot.options)
    listener = _listen(chosen)
    if listener is None:
        return exit_codes.COULD_NOT_RUN
    if not settings.is_loopback(chosen.host):
        logger.warning("%s", PUBLIC if snapshot.options.gate.is_open else UNENCRYPTED)
    port = listener.getsockname()[1]
    url = _url(chosen.host, port)
    key = new_key(port) if chosen.dev else None

    def announce() -> None:
        print(f"gradstream: serving {legible(str(options.folder))} at {url}")
        if (address := network_address(chosen.host)) is not None:
            print(f"gradstream: in this network: {_url(address, port)}")
            show_code(_url(address, port))
        if key is not None:
            print(f"gradstream: for you, with tracebacks and the documentation: {key.address(url)}")
        sys.stdout.flush()
        if not (snapshot.demos or snapshot.broken):
            log.show(HOW_TO_BEGIN)
        if options.open:
            webbrowser.open(url if key is None else key.address(url))

    uvloop.run(
        app.serve(make_settings, snapshot, listener=listener, environ=os.environ, announce=announce, key=key)
    )
    return exit_codes.SUCCEEDED


def _listen(chosen: settings.Settings) -> socket.socket | None:
    """Return a socket that listens; None after saying why there is none."""
    try:
        return listen(chosen.host, chosen.port, default=settings.DEFAULT_PORT)
    except PortTakenError as error:
        print(f"gradstream: {error}", file=sys.stderr)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not an address"
        print(f"gradstream: cannot listen on {chosen.host}: {reason}", file=sys.stderr)
    return None


def _return_memory() -> None:
    """Have large buffers returned to the system when they are freed: after a few, glibc would keep them."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            c_library = ctypes.CDLL(None)
            c_library.mallopt(M_MMAP_THRESHOLD, KEPT_BUFFER_BYTES)
            c_library.mallopt(M_TRIM_THRESHOLD, KEPT_BUFFER_BYTES)
            c_library.mallopt(M_ARENA_MAX, 1)


def _allow_connections() -> None:
    """Raise the limit of open files, which includes connections; the usual default is 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_FILES if most == resource.RLIM_INFINITY else min(most, MAX_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _show_findings(snapshot: CatalogSnapshot, log: LogHandler) -> None:
    found = [*snapshot.diagnostics]
    for broken in snapshot.broken.values():
        found += broken.diagnostics
    for warnings in snapshot.warnings.values():
        found += warnings
    text = terminal.render(found, root=Path(snapshot.root), colour=sys.stderr.isatty())
    if text:
        log.show(text)


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104  (compared, not bound)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
