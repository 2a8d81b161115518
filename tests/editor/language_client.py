r"""A small client for language servers: what an editor says to it, over standard input and output.

    didOpen, completion, hover --> Content-Length: N \r\n\r\n {"jsonrpc": "2.0", …} --> node … --stdio
    publishDiagnostics, answers <------------------ the same ------------------------------'

The settings are handed over when the server asks for them; nothing is looked up in the network.
"""

import json
import os
import selectors
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "web" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
READ_BYTES = 2**16
"""As much as a pipe holds."""

ERROR = 1
"""The severity of a diagnostic that is underlined in red."""


class Suggestion(Struct, frozen=True, kw_only=True):
    """One line of a list of completions: what it is called, what it says, and what it writes."""

    label: str
    words: str
    text: str


class LanguageClient:
    """A running language server, by default yaml-language-server; a context manager that ends it."""

    def __init__(
        self,
        folder: Path,
        *,
        schemas: Mapping[str, str] | None = None,
        modelines: Mapping[str, str] | None = None,
        command: Sequence[str] = ("node", str(PROGRAM), "--stdio"),
    ) -> None:
        """Work on the files of a folder.

        `schemas` is the setting `yaml.schemas`: a schema's address, and a glob of files. `modelines` has the
        schema that the first line of an opened file names, by the folder that the file is in.
        """
        self._command = command
        self._folder = folder
        self._schemas = dict(schemas or {})
        self._modelines = dict(modelines or {})
        self._received = b""
        self._last_id = 0
        self._version = 0
        self._configured = not command[0].endswith("node")
        self._answers: dict[int, Mapping[str, Any]] = {}
        self._found: dict[str, Sequence[Mapping[str, Any]]] = {}

    def __enter__(self) -> Self:
        """Start the server, and wait until it has its settings."""
        self._process = subprocess.Popen(
            self._command, cwd=self._folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)
        try:
            self._introduce()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        """Ask the server to end, and see that it has."""
        try:
            self._ask("shutdown", None)
            self._tell("exit", None)
            self._process.wait(PATIENCE_S)
        finally:
            self._end()

    def open(self, name: str, text: str) -> str:
        """Open a file of the folder, with this text whatever the disk has; return its address."""
        uri = (self._folder / name).as_uri()
        text = self._modeline(name) + text
        # The server keeps what it has parsed by address and version.
        self._version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def close(self, uri: str) -> None:
        """Close a file, and wait until the server has taken its findings back."""
        self._found.pop(uri, None)
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        self._take_until(lambda: uri in self._found)
        del self._found[uri]

    def check(self, name: str, text: str) -> list[str]:
        """Open a file, wait for the verdict, and close it again."""
        uri = self.open(name, text)
        errors = self.errors(uri)
        self.close(uri)
        return errors

    def errors(self, uri: str) -> list[str]:
        """Wait for the verdict on an open file, and return the message of each error."""
        self._take_until(lambda: uri in self._found)
        return [each["message"] for each in self._found[uri] if each["severity"] == ERROR]

    def complete(self, name: str, text: str) -> list[Suggestion]:
        """Return what is suggested where a text has a `|`."""
        found = self._at_cursor("textDocument/completion", name, text)
        return [
            Suggestion(
                label=each["label"],
                words=_plain(each.get("documentation")),
                text=each.get("textEdit", {}).get("newText", each.get("insertText", each["label"])),
            )
            for each in (found if isinstance(found, list) else found["items"])
        ]

    def findings(self, name: str, text: str) -> Sequence[Mapping[str, Any]]:
        """Open a file, wait for the verdict, and return all that the server says of it."""
        uri = self.open(name, text)
        self._take_until(lambda: uri in self._found)
        found = self._found[uri]
        self.close(uri)
        return found

    def change(self, uri: str, text: str) -> None:
        """Type: the whole text is another one from now on."""
        self._found.pop(uri, None)
        self._version += 1
        self._tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": self._version}, "contentChanges": [{"text": text}]},
        )

    def ask_of(self, method: str, uri: str, **parameters: object) -> Any:
        """Ask about an open file."""
        return self._ask(method, {"textDocument": {"uri": uri}, **parameters})

    def at_cursor(self, method: str, name: str, text: str) -> Any:
        """Ask about the place where a text has a `|`."""
        return self._at_cursor(method, name, text)

    def hover(self, name: str, text: str) -> str:
        """Return what is shown, in Markdown, over the place where a text has a `|`."""
        found = self._at_cursor("textDocument/hover", name, text)
        return "" if found is None else _plain(found["contents"])

    @property
    def _output(self) -> Any:
        assert self._process.stdout is not None
        return self._process.stdout

    def _at_cursor(self, method: str, name: str, text: str) -> Any:
        before, _, after = text.partition("|")
        lines = (self._modeline(name) + before).split("\n")
        uri = self.open(name, before + after)
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        answer = self._ask(method, {"textDocument": {"uri": uri}, "position": position})
        self.close(uri)
        return answer

    def _introduce(self) -> None:
        folder = {"uri": self._folder.as_uri(), "name": "catalog"}
        markdown = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
        abilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": {"completionItem": markdown}},
        }
        setup = {"processId": os.getpid(), "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self._ask("initialize", {**setup, "capabilities": abilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {}})
        self._take_until(lambda: self._configured)

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._selector.close()

    def _modeline(self, name: str) -> str:
        schema = self._modelines.get(name.rpartition("/")[0])
        return f"# yaml-language-server: $schema={schema}\n" if schema else ""

    def _ask(self, method: str, parameters: object) -> Any:
        self._last_id += 1
        number = self._last_id
        self._send({"id": number, "method": method, "params": parameters})
        self._take_until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def _tell(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, object]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _take_until(self, is_there: Callable[[], bool]) -> None:
        """Take what the server says until the awaited is among it."""
        end = time.monotonic() + PATIENCE_S
        while not is_there():
            while (message := self._next_message()) is None:
                assert self._selector.select(end - time.monotonic()), "the language server is silent"
                received = os.read(self._output.fileno(), READ_BYTES)
                assert received, "the language server has ended"
                self._received += received
            self._take(message)

    def _next_message(self) -> Mapping[str, Any] | None:
        """Return the first message that has arrived whole."""
        head, gap, rest = self._received.partition(b"\r\n\r\n")
        if not gap:
            return None
        length = int(dict(line.split(b": ") for line in head.split(b"\r\n"))[b"Content-Length"])
        if len(rest) < length:
            return None
        self._received = rest[length:]
        message: Mapping[str, Any] = json.loads(rest[:length])
        return message

    def _take(self, message: Mapping[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]] = message
        elif method == "textDocument/publishDiagnostics":
            self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message:
            result = None
            if method == "workspace/configuration":
                result = [self._settings(each.get("section")) for each in message["params"]["items"]]
                self._configured = True
            self._send({"id": message["id"], "result": result})

    def _settings(self, section: str | None) -> object:
        """Return what somebody who wants no network has in their settings."""
        if section != "yaml":
            return {}
        nowhere = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}
        return {**nowhere, "schemas": self._schemas, "hover": True, "completion": True, "validate": True}


def _plain(markup: Any) -> str:
    """Return Markdown or text, however the protocol wraps it."""
    return str(markup["value"] if isinstance(markup, dict) else markup or "")
