"""The language server's conversation with an editor, over standard input and output.

    didOpen, didChange --text_check--> publishDiagnostics, with the checker's own words
    codeAction --Diagnostic.fixes--> edits        formatting --format_text--> edits
    completion, hover, definition --find_cursor--> suggestions, words, places

Checks run when nobody has typed for a moment, without importing any generator.
"""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from gradstream import __version__
from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.catalog.repairs import text_check
from gradstream.catalog.scan import file_to_check
from gradstream.diagnostics import Diagnostic, Span
from gradstream.document.read import read_text
from gradstream.format.generator.resolve import definition_of
from gradstream.format.marker import is_demo
from gradstream.format.style.formatter import NotFormattableError, format_text
from gradstream.format.types import GeneratorPath
from gradstream.lsp.cursor import find_cursor, route_at
from gradstream.lsp.positions import column_of, line_at, range_of, text_lines, units, whole
from gradstream.lsp.suggestions import OpenFile, Suggestion, describe, read_open, suggest

PAUSE_S = 0.15
"""A text is checked when it has not changed for so long."""

KINDS = {
    "key": types.CompletionItemKind.Property,
    "kind": types.CompletionItemKind.Class,
    "value": types.CompletionItemKind.Value,
    "function": types.CompletionItemKind.Function,
    "name": types.CompletionItemKind.Variable,
}

SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class DemoLanguageServer(LanguageServer):
    """One editor's server: the findings of each open file, by its address."""

    def __init__(self) -> None:
        super().__init__("gradstream", __version__)
        self.found: dict[str, Sequence[Diagnostic]] = {}
        self.pending: dict[str, asyncio.Task[None]] = {}
        self.is_shut_down = False

    def file(self, uri: str, *, line: int | None = None) -> OpenFile:
        """Return an open file; `line` is the cursor's, which may not be YAML yet."""
        path = Path(to_fs_path(uri) or uri)
        root = file_to_check(path, environ=os.environ).context.root
        roots = tuple(dict.fromkeys((str(path.parent), str(root))))
        return read_open(path, self.workspace.get_text_document(uri).source, roots=roots, line=line)

    def check(self, uri: str) -> None:
        """Check a file as it is in the editor, and send the findings."""
        file = self.file(uri)
        is_ours = file.subject == "catalog" or is_demo(read_text(file.text, file="", environ={}))
        target = file_to_check(file.path, environ=os.environ)
        found = text_check(target)(file.text) if is_ours else ()
        self.found[uri] = [each for each in found if each.span.file == target.shown]
        lines = text_lines(file.text)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri=uri, diagnostics=[_diagnostic(each, lines) for each in self.found[uri]]
            )
        )

    async def check_soon(self, uri: str) -> None:
        """Check a file when it has not changed for a moment; a later call takes the place of this one."""
        if (waiting := self.pending.get(uri)) is not None:
            waiting.cancel()
        self.pending[uri] = asyncio.create_task(self._check_later(uri))

    async def _check_later(self, uri: str) -> None:
        await asyncio.sleep(PAUSE_S)
        if uri in self.workspace.text_documents:
            self.check(uri)

    def complete(self, parameters: types.CompletionParams) -> list[types.CompletionItem]:
        """Return what can be written at the cursor."""
        position = parameters.position
        file = self.file(parameters.text_document.uri, line=position.line)
        lines = text_lines(file.text)
        column = column_of(position, lines)
        cursor = find_cursor(file.text, position.line, column)
        line = line_at(position, lines)
        start = units(line, column - len(cursor.word))
        typed = types.Range(
            start=types.Position(line=position.line, character=start),
            end=types.Position(line=position.line, character=position.character),
        )
        found = suggest(cursor, file)
        around = (line[: column - len(cursor.word)], line[column:])
        return [_item(each, index, typed, *around) for index, each in enumerate(found)]

    def hover(self, parameters: types.HoverParams) -> types.Hover | None:
        """Return the words about the key or the value below the pointer."""
        file = self.file(parameters.text_document.uri)
        lines = text_lines(file.text)
        line = line_at(parameters.position, lines)
        route = route_at(file.text, parameters.position.line)
        column = column_of(parameters.position, lines)
        value = _written_value(line)
        is_on_value = ":" in line[:column] and bool(value)
        words = describe(route, file, value=value) if is_on_value else ""
        words = words or describe(route, file)
        if not words:
            return None
        return types.Hover(contents=types.MarkupContent(kind=types.MarkupKind.Markdown, value=words))

    def find_definition(self, parameters: types.DefinitionParams) -> types.Location | None:
        """Return where the function that a `generator` names begins."""
        file = self.file(parameters.text_document.uri)
        line = line_at(parameters.position, text_lines(file.text))
        if route_at(file.text, parameters.position.line)[-1:] != ("generator",):
            return None
        span = Span.file_start(str(file.path))
        place = definition_of(GeneratorPath(text=_written_value(line), span=span, roots=file.roots))
        if place is None:
            return None
        path, number = place
        start = types.Position(line=number - 1, character=0)
        return types.Location(uri=from_fs_path(path) or path, range=types.Range(start=start, end=start))

    def format(self, parameters: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        """Return the file in the usual style; say why it is left as it is."""
        file = self.file(parameters.text_document.uri)
        try:
            styled = format_text(file.text, subject=file.subject)
        except NotFormattableError as error:
            words = f"The file is left as it is: {error}"
            self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=words))
            return None
        return [types.TextEdit(range=whole(text_lines(file.text)), new_text=styled)]


def make_server() -> DemoLanguageServer:
    """Return a server that has all features and waits for an editor."""
    server = DemoLanguageServer()
    _add_checks(server)
    _add_help(server)
    _add_end(server)
    return server


def _add_end(server: DemoLanguageServer) -> None:
    @server.feature(types.SHUTDOWN)
    def shut_down(*_parameters: object) -> None:
        server.is_shut_down = True


def _add_checks(server: DemoLanguageServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        server.check(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(parameters: types.DidChangeTextDocumentParams) -> None:
        await server.check_soon(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_parameters: types.DidSaveTextDocumentParams) -> None:
        # A function, a CSV file or gradstream.yaml may be what another open file was waiting for.
        for uri in list(server.found):
            server.check(uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def written(_parameters: types.DidChangeWatchedFilesParams) -> None:
        for uri in list(server.found):
            server.check(uri)

    @server.feature(types.INITIALIZED)
    async def ready(_parameters: types.InitializedParams) -> None:
        await _watch(server)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(parameters: types.DidCloseTextDocumentParams) -> None:
        uri = parameters.text_document.uri
        server.found.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def repairs(parameters: types.CodeActionParams) -> list[types.CodeAction]:
        uri = parameters.text_document.uri
        lines = text_lines(server.workspace.get_text_document(uri).source)
        return [
            action
            for each in server.found.get(uri, ())
            if _touch(range_of(each.span, lines), parameters.range)
            for action in _actions(each, uri, lines)
        ]


async def _watch(server: DemoLanguageServer) -> None:
    """Ask the editor to say when files beside the demos are saved, if it can."""
    workspace = server.client_capabilities.workspace
    watching = None if workspace is None else workspace.did_change_watched_files
    if watching is None or not watching.dynamic_registration:
        return
    patterns = ("**/*.py", "**/*.csv", f"**/{CATALOG_FILE}")
    options = types.DidChangeWatchedFilesRegistrationOptions(
        watchers=[types.FileSystemWatcher(glob_pattern=pattern) for pattern in patterns]
    )
    registration = types.Registration(
        id="files", method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES, register_options=options
    )
    await server.client_register_capability_async(types.RegistrationParams(registrations=[registration]))


def _add_help(server: DemoLanguageServer) -> None:
    triggers = types.CompletionOptions(trigger_characters=[":", " ", ".", "-", "["])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, triggers)
    def completion(parameters: types.CompletionParams) -> list[types.CompletionItem]:
        return server.complete(parameters)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(parameters: types.HoverParams) -> types.Hover | None:
        return server.hover(parameters)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(parameters: types.DefinitionParams) -> types.Location | None:
        return server.find_definition(parameters)

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatting(parameters: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        return server.format(parameters)


def _written_value(line: str) -> str:
    """Return the value in a line `key: value`, without quotes and comment."""
    return line.partition(":")[2].partition(" #")[0].strip().strip("\"'")


def _diagnostic(found: Diagnostic, lines: Sequence[str]) -> types.Diagnostic:
    """Return a finding with all of its words: an editor shows one text."""
    expected = f"expected {found.expected}" if found.expected else ""
    repair = f"to do: {found.repair}" if found.repair else ""
    return types.Diagnostic(
        range=range_of(found.span, lines),
        message="\n".join(filter(None, (found.message, expected, repair))),
        severity=SEVERITIES[found.severity],
        code=found.code,
        source="gradstream",
    )


def _actions(found: Diagnostic, uri: str, lines: Sequence[str]) -> Sequence[types.CodeAction]:
    return [
        types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[_diagnostic(found, lines)],
            is_preferred=len(found.fixes) == 1,
            edit=types.WorkspaceEdit(
                changes={
                    uri: [
                        types.TextEdit(range=range_of(edit.span, lines), new_text=edit.text)
                        for edit in fix.edits
                    ]
                }
            ),
        )
        for fix in found.fixes
    ]


def _touch(one: types.Range, other: types.Range) -> bool:
    def place(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return place(one.start) <= place(other.end) and place(other.start) <= place(one.end)


def _item(found: Suggestion, index: int, typed: types.Range, before: str, rest: str) -> types.CompletionItem:
    """Return a suggestion as the editor inserts it: a key with its colon, a value behind a blank."""
    text = found.label
    is_key = found.sort == "key" or (found.sort == "name" and ":" not in before + rest)
    if is_key and not rest.lstrip().startswith(":") and not before.lstrip().startswith("- ["):
        text = f"{text}: "
    elif before.endswith(":"):
        text = f" {text}"
    words = types.MarkupContent(kind=types.MarkupKind.Markdown, value=found.words)
    return types.CompletionItem(
        label=found.label,
        kind=KINDS[found.sort],
        detail=found.detail or None,
        documentation=words if found.words else None,
        sort_text=f"{index:04}",
        text_edit=types.TextEdit(range=typed, new_text=text),
    )
