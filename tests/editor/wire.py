"""Messages to and from `gradstream lsp` as they are, over its standard input and output."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any


class Wire:
    """A server, and messages to and from it as they are."""

    def __init__(self, folder: Path) -> None:
        command = (sys.executable, "-m", "gradstream", "lsp")
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.uri = (folder / "demos/new.yaml").as_uri()
        self._last = 0
        self._version = 0

    def send(self, body: bytes) -> None:
        """Write one message, whatever is in it."""
        written: IO[bytes] = self.process.stdin  # type: ignore[assignment]
        written.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        written.flush()

    def note(self, method: str, **parameters: Any) -> None:
        """Send a notification."""
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters}).encode())

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a request, and return its answer."""
        number = self.begin(method, **parameters)
        return self.receive(lambda message: message.get("id") == number and "method" not in message)

    def begin(self, method: str, **parameters: Any) -> int:
        """Send a request, and return its number."""
        self._last += 1
        message = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": parameters}
        self.send(json.dumps(message).encode())
        return self._last

    def receive(self, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next message of a sort."""
        while True:
            read: IO[bytes] = self.process.stdout  # type: ignore[assignment]
            length = 0
            while line := read.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            assert length, "the server has ended"
            message: dict[str, Any] = json.loads(read.read(length))
            if is_wanted(message):
                return message

    def findings(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the codes and ranges of the file's next diagnostics."""
        return [(each["code"], each["range"]) for each in self.published()["diagnostics"]]

    def published(self) -> dict[str, Any]:
        """Return the file's next diagnostics as they are sent."""
        found = self.receive(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == self.uri
            )
        )
        parameters: dict[str, Any] = found["params"]
        return parameters

    def begin_session(self, **capabilities: Any) -> dict[str, Any]:
        """Introduce an editor, by default one that can do nothing; return what the server can."""
        root = self.uri.removesuffix("/demos/new.yaml")
        answer = self.ask("initialize", processId=None, rootUri=root, capabilities=capabilities)
        self.note("initialized")
        offered: dict[str, Any] = answer["result"]["capabilities"]
        return offered

    def open(self, text: str) -> None:
        """Open a file that is on no disk."""
        self._version = 1
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self.note("textDocument/didOpen", textDocument=document)

    def change(self, changes: list[dict[str, Any]]) -> None:
        """Type: parts of the file, or all of it, become others."""
        self._version += 1
        document = {"uri": self.uri, "version": self._version}
        self.note("textDocument/didChange", textDocument=document, contentChanges=changes)

    def at(self, line: int, character: int) -> dict[str, Any]:
        """Return the parameters of a request about a place."""
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": line, "character": character},
        }


def span(line: int, start: int, end: int) -> dict[str, Any]:
    """Return a range on one line."""
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
