"""`gradstream lsp` message by message: incremental changes, UTF-16, unsaved files, odd and last messages."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.conftest import write_catalog
from tests.patience import PATIENCE_S

FILES = {"gradstream.yaml": "gradstream: 1\n", "demos/cards.py": "def write(place):\n    yield place\n"}
TEXT = "gradstream: 1\ntitle: 🧀🧀 x\ngenerator: cards.write\ninputs:\n  place: txt\noutputs:\n  card: text\n"
METHOD_NOT_FOUND = -32601


class Wire:
    """A server, and messages to and from it as they are."""

    def __init__(self, folder: Path) -> None:
        command = (sys.executable, "-m", "gradstream", "lsp")
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.uri = (folder / "demos/new.yaml").as_uri()
        self._last = 0

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
        found = self.receive(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == self.uri
            )
        )
        return [(each["code"], each["range"]) for each in found["params"]["diagnostics"]]

    def begin_session(self) -> dict[str, Any]:
        """Introduce an editor that can do nothing in particular; return what the server can."""
        root = self.uri.removesuffix("/demos/new.yaml")
        answer = self.ask("initialize", processId=None, rootUri=root, capabilities={})
        self.note("initialized")
        capabilities: dict[str, Any] = answer["result"]["capabilities"]
        return capabilities

    def open(self, text: str) -> None:
        """Open a file that is on no disk."""
        document = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        self.note("textDocument/didOpen", textDocument=document)

    def at(self, line: int, character: int) -> dict[str, Any]:
        """Return the parameters of a request about a place."""
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": line, "character": character},
        }


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """Return a server that is ended afterwards."""
    wire = Wire(write_catalog(tmp_path, FILES))
    try:
        yield wire
    finally:
        wire.process.kill()
        wire.process.wait()
        for stream in (wire.process.stdin, wire.process.stdout):
            if stream is not None:
                stream.close()


def span(line: int, start: int, end: int) -> dict[str, Any]:
    """Return a range on one line."""
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def test_a_file_that_was_never_saved_is_changed_in_parts(wire: Wire) -> None:
    """Columns count what UTF-16 counts, two for an emoji; several changes of one message come one by one."""
    capabilities = wire.begin_session()
    assert (capabilities["positionEncoding"], capabilities["textDocumentSync"]["change"]) == ("utf-16", 2)
    wire.open(TEXT)
    assert wire.findings() == [("E-UNKNOWN-KIND", span(4, 9, 12))]
    changes = [
        {"range": span(4, 9, 12), "text": "text"},
        {"range": span(1, 11, 13), "text": " y: z"},
    ]
    wire.note(
        "textDocument/didChange",
        textDocument={"uri": wire.uri, "version": 2},
        contentChanges=changes,
    )
    assert wire.findings() == [("E-YAML", span(1, 7, 16))]
    actions = wire.ask(
        "textDocument/codeAction",
        textDocument={"uri": wire.uri},
        range=span(1, 7, 7),
        context={"diagnostics": []},
    )["result"]
    (edit,) = actions[0]["edit"]["changes"][wire.uri]
    assert (edit["range"], edit["newText"]) == (span(1, 7, 16), '"🧀🧀 y: z"')


def test_each_request_is_answered(wire: Wire) -> None:
    """Whatever the place is: completion, hover, definition, formatting; an unknown one with an error."""
    wire.begin_session()
    wire.open(TEXT)
    wire.findings()
    for line, character in ((0, 0), (1, 9), (4, 12), (6, 99), (99, 0)):
        for method in ("completion", "hover", "definition"):
            assert "result" in wire.ask(f"textDocument/{method}", **wire.at(line, character))
    options = {"tabSize": 2, "insertSpaces": True}
    assert "result" in wire.ask("textDocument/formatting", textDocument={"uri": wire.uri}, options=options)
    assert wire.ask("textDocument/nothing")["error"]["code"] == METHOD_NOT_FOUND


def test_odd_messages_end_nothing(wire: Wire) -> None:
    """Broken JSON, a canceled request, an answer to nothing: the next request is answered as ever."""
    wire.begin_session()
    wire.open(TEXT)
    wire.send(b'{"jsonrpc": "2.0", "id":')
    wire.send(b'{"jsonrpc": "2.0", "id": 99, "result": null}')
    number = wire.begin("textDocument/hover", **wire.at(3, 2))
    wire.note("$/cancelRequest", id=number)
    assert "result" in wire.ask("textDocument/hover", **wire.at(3, 2))


def test_a_closed_file_has_no_findings(wire: Wire) -> None:
    """They are taken back, also from a file that is on no disk."""
    wire.begin_session()
    wire.open(TEXT)
    assert wire.findings()
    wire.note("textDocument/didClose", textDocument={"uri": wire.uri})
    assert wire.findings() == []


def test_the_end_is_in_order(wire: Wire) -> None:
    """After `shutdown`, `exit` ends the process with 0."""
    wire.begin_session()
    assert wire.ask("shutdown")["result"] is None
    wire.note("exit")
    assert wire.process.wait(PATIENCE_S) == 0


def test_an_end_without_shutdown_is_a_failure(wire: Wire) -> None:
    """As the protocol asks for."""
    wire.begin_session()
    wire.note("exit")
    assert wire.process.wait(PATIENCE_S) == 1
