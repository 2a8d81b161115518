"""Finds a port to listen on, and names the process that uses the requested one."""

import contextlib
import errno
import socket
from pathlib import Path

from gradstream.errors import GradstreamError

TRIES = 100
"""Without --port, this many are tried from the default on."""

LISTEN_STATE = "0A"
"""The kernel's number for a listening socket in /proc/net/tcp."""


class PortTakenError(GradstreamError):
    """Raised when the requested port, or each of those that were tried, is in use."""


def listen(host: str, port: int | None, *, default: int) -> socket.socket:
    """Return a listening socket on `port` (0: any), or on the first free one from `default` on.

    Raises `PortTakenError` with a message for the terminal, and `OSError` when the host cannot be bound.
    """
    if port is not None:
        try:
            return _bind(host, port)
        except OSError as error:
            if not _is_taken(error):
                raise
            raise PortTakenError(_explain(host, port)) from error
    for candidate in range(default, default + TRIES):
        try:
            return _bind(host, candidate)
        except OSError as error:
            if not _is_taken(error):
                raise
    raise PortTakenError(f"ports {default} to {default + TRIES - 1} are all in use; choose one with --port")


def network_address(host: str) -> str | None:
    """Return this machine's address in its network, if `host` stands for all its addresses; None if unknown.

    No packet is sent: the system only says which address it would send from (RFC 5737, RFC 3849).
    """
    far = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
    families = {"0.0.0.0": (socket.AF_INET,), "::": (socket.AF_INET6, socket.AF_INET)}  # noqa: S104 (compared)
    for family in families.get(host, ()):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((far[family], 9))
            address: str = sock.getsockname()[0]
            return address
    return None


def holder(port: int) -> str | None:
    """Return the process that listens on a local port, as "name (process 123)"; None if unknown."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    if not inodes:
        return None
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended, or belongs to another user
            if any(str(entry.readlink()) in inodes for entry in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
    return None


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
        listener.setblocking(False)  # noqa: FBT003  (the standard library's own signature)
    except BaseException:
        listener.close()
        raise
    return listener


def _is_taken(error: OSError) -> bool:
    return error.errno == errno.EADDRINUSE


def _explain(host: str, port: int) -> str:
    who = holder(port)
    held = f"{who} holds it" if who else f"see who holds it with: lsof -i :{port}"
    return f"port {port} on {host} is in use; {held}. Choose another with --port, or leave --port out"


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):  # not Linux
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTEN_STATE and int(fields[1].rpartition(":")[2], 16) == port:
                    inodes.add(fields[9])
    return inodes
