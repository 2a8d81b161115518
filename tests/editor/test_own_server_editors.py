"""`gradstream lsp` with what Helix, Neovim, Emacs and VS Code say of themselves, and how they count columns.

The capabilities are those that their sources send in `initialize`: helix-lsp/src/client.rs of Helix 25.07,
runtime/lua/vim/lsp/protocol.lua of Neovim 0.11, eglot.el of Emacs 30, and vscode-languageclient 9.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.editor.wire import Wire

KINDS = ["", "quickfix", "refactor", "source", "source.organizeImports"]
LITERALS = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": KINDS}}, "isPreferredSupport": True}
RESOLVED = {"dataSupport": True, "resolveSupport": {"properties": ["edit", "command"]}}
EDITS = {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]}
HELIX: dict[str, Any] = {
    "workspace": {
        "applyEdit": True,
        "configuration": True,
        "didChangeConfiguration": {"dynamicRegistration": False},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": False},
        "workspaceEdit": {**EDITS, "failureHandling": "abort", "normalizesLineEndings": False},
        "workspaceFolders": True,
        "diagnostic": {"refreshSupport": True},
    },
    "textDocument": {
        "completion": {
            "completionItem": {"snippetSupport": True, "insertReplaceSupport": True},
            "completionItemKind": {},
        },
        "hover": {"contentFormat": ["markdown"]},
        "codeAction": {**LITERALS, **RESOLVED, "disabledSupport": True},
        "diagnostic": {"dynamicRegistration": False, "relatedDocumentSupport": True},
        "publishDiagnostics": {"versionSupport": True, "tagSupport": {"valueSet": [1, 2]}},
    },
    "window": {"workDoneProgress": True},
    "general": {"positionEncodings": ["utf-8", "utf-32", "utf-16"]},
}
NEOVIM: dict[str, Any] = {
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": False, "relativePatternSupport": True}},
    "textDocument": {
        "synchronization": {"didSave": True, "willSave": True, "willSaveWaitUntil": True},
        "codeAction": {**LITERALS, **RESOLVED, "dynamicRegistration": True},
        "diagnostic": {"dynamicRegistration": False, "tagSupport": {"valueSet": [1, 2]}},
    },
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
}
EMACS: dict[str, Any] = {
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}, "workspaceEdit": EDITS},
    "textDocument": {"codeAction": {**LITERALS, **RESOLVED}, "publishDiagnostics": {"versionSupport": True}},
    "general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]},
}
VS_CODE: dict[str, Any] = {
    "workspace": {"workspaceEdit": EDITS},
    "textDocument": {"codeAction": {**LITERALS, **RESOLVED}},
    "general": {"positionEncodings": ["utf-16"]},
}
EDITORS = {
    "Helix": (HELIX, "utf-8", 1),
    "Neovim": (NEOVIM, "utf-8", 1),
    "Emacs": (EMACS, "utf-32", 4),
    "VS Code": (VS_CODE, "utf-16", 2),
}
"""What an editor says of itself, the encoding whose units it counts, and the bytes of one unit."""

BEFORE = "  place: {label: 'Où? 🧀 مكان', type: "
HEAD = "gradstream: 1\ntitle: Größe 🧀\ngenerator: cards.write\ninputs:\n"
TEXT = f"{HEAD}{BEFORE}txt}}\noutputs:\n  card: text\n"
LINE = 4


class Buffer:
    """A file in an editor that counts columns by encoding lines."""

    def __init__(self, text: str, encoding: str, width: int) -> None:
        self.text = text
        self._codec = encoding if width == 1 else f"{encoding}-le"
        self._width = width

    def column(self, before: str) -> int:
        """Return the column behind a text."""
        return len(before.encode(self._codec)) // self._width

    def range(self, line: int, before: str, word: str) -> dict[str, Any]:
        """Return the range of a word on a line."""
        start, end = self.column(before), self.column(before + word)
        return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}

    def apply(self, edits: Sequence[Mapping[str, Any]]) -> None:
        """Make edits, the last one first, so that the places of the others stay."""
        for edit in sorted(edits, key=lambda each: self._offset(each["range"]["start"]), reverse=True):
            start, end = (self._offset(edit["range"][each]) for each in ("start", "end"))
            self.text = self.text[:start] + edit["newText"] + self.text[end:]

    def _offset(self, place: Mapping[str, int]) -> int:
        lines = self.text.split("\n")
        within = lines[place["line"]].encode(self._codec)[: place["character"] * self._width]
        return sum(len(each) + 1 for each in lines[: place["line"]]) + len(within.decode(self._codec))


@pytest.mark.parametrize("editor", EDITORS)
def test_places_are_right_in_each_editor_s_units(wire: Wire, editor: str) -> None:
    """Behind é, Arabic and an emoji: the finding, its repair, what is typed, and what is suggested."""
    capabilities, encoding, width = EDITORS[editor]
    offered = wire.begin_session(**capabilities)
    assert offered["positionEncoding"] == encoding
    # Findings are sent without being asked for; repairs and suggestions come whole.
    assert "diagnosticProvider" not in offered
    assert not offered["codeActionProvider"].get("resolveProvider")
    buffer = Buffer(TEXT, encoding, width)
    wire.open(buffer.text)
    place = buffer.range(LINE, BEFORE, "txt")
    assert wire.findings() == [("E-UNKNOWN-KIND", place)]

    context = {"diagnostics": [], "triggerKind": 1, "only": ["quickfix"]}
    asked = {"textDocument": {"uri": wire.uri}, "range": place, "context": context}
    (action,) = wire.ask("textDocument/codeAction", **asked)["result"]
    made = action["edit"]["changes"][wire.uri]
    buffer.apply(made)
    assert buffer.text == TEXT.replace("txt", "text")
    wire.change([{"range": each["range"], "text": each["newText"]} for each in made])
    assert wire.findings() == []

    typed = f"{BEFORE}text"
    comment = {"start": {"line": LINE, "character": buffer.column(f"{typed}}}")}}
    wire.change([{"range": {**comment, "end": comment["start"]}, "text": " # 🧀"}])
    assert wire.findings() == []
    (word,) = {
        str(each["textEdit"]["range"])
        for each in wire.ask("textDocument/completion", **wire.at(LINE, buffer.column(typed)))["result"]
    }
    assert word == str(buffer.range(LINE, BEFORE, "text"))


def test_repairs_are_of_the_text_as_it_is_now(wire: Wire) -> None:
    """An editor that asks right after a key was pressed gets the repair where the mistake has moved to."""
    wire.begin_session(**HELIX)
    wire.open(TEXT)
    wire.findings()
    buffer = Buffer(TEXT, "utf-8", 1)
    start = {"line": 0, "character": 0}
    wire.change([{"range": {"start": start, "end": start}, "text": "# é\n"}])
    buffer.text = f"# é\n{TEXT}"
    context: dict[str, Any] = {"diagnostics": []}
    place = buffer.range(LINE + 1, BEFORE, "txt")
    asked = {"textDocument": {"uri": wire.uri}, "range": place, "context": context}
    (action,) = wire.ask("textDocument/codeAction", **asked)["result"]
    buffer.apply(action["edit"]["changes"][wire.uri])
    assert buffer.text == "# é\n" + TEXT.replace("txt", "text")


def test_findings_say_of_which_version_they_are(wire: Wire) -> None:
    """Helix drops those of another version than the one it shows."""
    wire.begin_session(**HELIX)
    wire.open(TEXT)
    assert wire.published()["version"] == 1
    wire.change([{"text": TEXT.replace("txt", "text")}])
    found = wire.published()
    assert (found["version"], found["diagnostics"]) == (2, [])
