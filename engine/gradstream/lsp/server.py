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
from msgspec import Struct
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
from gradstream.lsp.positions import UTF_16, TextPlaces, changed, places_of
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


class CheckedText(Struct, frozen=True):
    """What a check has found in a text, and the version that the editor gave this text."""

    text: str
    version: int | None
    found: Sequence[Diagnostic]


class DemoLanguageServer(LanguageServer):
    """One editor's server: the text of each open file and what was found in it, by its address."""

    def __init__(self) -> None:
        super().__init__("gradstream", __version__)
        self.texts: dict[str, str] = {}
        self.checked: dict[str, CheckedText] = {}
        self.pending: dict[str, asyncio.Task[None]] = {}
        self.is_shut_down = False

    def file(self, uri: str, *, line: int | None = None) -> OpenFile:
        """Return an open file; `line` is the cursor's, which may not be YAML yet."""
        path = Path(to_fs_path(uri) or uri)
        root = file_to_check(path, environ=os.environ).context.root
        roots = tuple(dict.fromkeys((str(path.parent), str(root))))
        return read_open(path, self.text(uri), roots=roots, line=line)

    def text(self, uri: str) -> str:
        """Return a file as it is in the editor, or on the disk where no editor has it open."""
        open_text = self.texts.get(uri)
        return self.workspace.get_text_document(uri).source if open_text is None else open_text

    def places(self, text: str) -> TextPlaces:
        """Return a text's places in the units that the editor counts."""
        encoding = self.workspace.position_encoding
        return places_of(text, types.PositionEncodingKind(encoding or UTF_16).value)

    def change(self, parameters: types.DidChangeTextDocumentParams) -> None:
        """Take over what was typed."""
        uri = parameters.text_document.uri
        encoding = self.places("").encoding
        self.texts[uri] = changed(self.text(uri), parameters.content_changes, encoding)

    def check(self, uri: str) -> None:
        """Check a file as it is in the editor, and send the findings."""
        file = self.file(uri)
        is_ours = file.subject == "catalog" or is_demo(read_text(file.text, file="", environ={}))
        target = file_to_check(file.path, environ=os.environ)
        found = text_check(target)(file.text) if is_ours else ()
        version = self.workspace.get_text_document(uri).version
        here = [each for each in found if each.span.file == target.shown]
        self.checked[uri] = CheckedText(file.text, version, here)
        places = self.places(file.text)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(
                uri=uri, version=version, diagnostics=[_diagnostic(each, places) for each in here]
            )
        )

    def repairs(self, parameters: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the repairs of what was found at a place, in the text as it is now."""
        uri = parameters.text_document.uri
        checked = self.checked.get(uri)
        if checked is not None and checked.text != self.text(uri):
            # Typed a moment ago: places of the older text would put the repair where it does not belong.
            self.check(uri)
            checked = self.checked[uri]
        if checked is None:
            return []
        places = self.places(checked.text)
        return [
            action
            for each in checked.found
            if _touch(places.range_of(each.span), parameters.range)
            for action in _actions(each, uri, places)
        ]

    async def check_soon(self, uri: str) -> None:
        """Check a file when it has not changed for a moment; a later call takes the place of this one."""
        if (waiting := self.pending.get(uri)) is not None:
            waiting.cancel()
        self.pending[uri] = asyncio.create_task(self._check_later(uri))

    async def _check_later(self, uri: str) -> None:
        await asyncio.sleep(PAUSE_S)
        if uri in self.texts:
            self.check(uri)

    def complete(self, parameters: types.CompletionParams) -> list[types.CompletionItem]:
        """Return what can be written at the cursor."""
        position = parameters.position
        file = self.file(parameters.text_document.uri, line=position.line)
        places = self.places(file.text)
        column = places.column_of(position)
        cursor = find_cursor(file.text, position.line, column)
        line = places.line_at(position)
        start = places.units(line, column - len(cursor.word))
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
        places = self.places(file.text)
        line = places.line_at(parameters.position)
        route = route_at(file.text, parameters.position.line)
        column = places.column_of(parameters.position)
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
        line = self.places(file.text).line_at(parameters.position)
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
        return [types.TextEdit(range=self.places(file.text).whole(), new_text=styled)]


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
        document = parameters.text_document
        server.texts[document.uri] = document.text
        server.check(document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def typed(parameters: types.DidChangeTextDocumentParams) -> None:
        server.change(parameters)
        await server.check_soon(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_parameters: types.DidSaveTextDocumentParams) -> None:
        # A function, a CSV file or gradstream.yaml may be what another open file was waiting for.
        for uri in list(server.checked):
            server.check(uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def written(_parameters: types.DidChangeWatchedFilesParams) -> None:
        for uri in list(server.checked):
            server.check(uri)

    @server.feature(types.INITIALIZED)
    async def ready(_parameters: types.InitializedParams) -> None:
        await _watch(server)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(parameters: types.DidCloseTextDocumentParams) -> None:
        uri = parameters.text_document.uri
        server.texts.pop(uri, None)
        server.checked.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def repairs(parameters: types.CodeActionParams) -> list[types.CodeAction]:
        return server.repairs(parameters)


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


def _diagnostic(found: Diagnostic, places: TextPlaces) -> types.Diagnostic:
    """Return a finding with all of its words: an editor shows one text."""
    expected = f"expected {found.expected}" if found.expected else ""
    repair = f"to do: {found.repair}" if found.repair else ""
    return types.Diagnostic(
        range=places.range_of(found.span),
        message="\n".join(filter(None, (found.message, expected, repair))),
        severity=SEVERITIES[found.severity],
        code=found.code,
        source="gradstream",
    )


def _actions(found: Diagnostic, uri: str, places: TextPlaces) -> Sequence[types.CodeAction]:
    return [
        types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[_diagnostic(found, places)],
            is_preferred=len(found.fixes) == 1,
            edit=types.WorkspaceEdit(
                changes={
                    uri: [
                        types.TextEdit(range=places.range_of(edit.span), new_text=edit.text)
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
