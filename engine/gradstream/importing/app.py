"""An app of Gradio as demos: one YAML for each page, and a module with the functions of all.

text --AppSource--> statements --readers--> pages --DemoWriter--> {"app.yaml": …, "app.py": …}, remarks
"""

import ast
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import json

from gradstream.format import edits
from gradstream.format.style.formatter import format_text
from gradstream.importing.arrangement import WRITTEN
from gradstream.importing.blocks import BlocksReader
from gradstream.importing.casting import Cast, cast_page, unique
from gradstream.importing.components import is_chat
from gradstream.importing.demo import DemoWriter
from gradstream.importing.events import started
from gradstream.importing.functions import Functions
from gradstream.importing.interfaces import InterfaceReader, tabs_of
from gradstream.importing.lifting import Lifting
from gradstream.importing.rewriting import Rewriter
from gradstream.importing.source import PAGES, AppSource
from gradstream.importing.types import AppComponent, AppEvent, AppFiles, NoAppError, Page, Remarks

MARKER = "gradstream: 1\n"
SEVERAL_LINES = re.compile(r"^([ -]*)(\w+): (\".*\\n.*\")$")
"""A text of several lines, as it is written on one."""

WIDTH = re.compile(r"^(\s*)\"([0-9.]+)\":$")
"""The width of a column, which needs no quotes."""


def import_app(app: Path, *, name: str, folder: Path, root: Path) -> AppFiles:
    """Translate an app for a demo of this name in `folder`, in the catalog `root`.

    Raises NoAppError, and OSError where the app cannot be read.
    """
    try:
        text = app.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoAppError("it is not text in UTF-8") from error
    return AppImport(AppSource(text), app=app, folder=folder, root=root).files(name)


class AppImport:
    """The import of one app."""

    def __init__(self, source: AppSource, *, app: Path, folder: Path, root: Path) -> None:
        self._source = source
        self._app = app
        self._folder = folder
        self._root = root
        self._remarks = Remarks()

    def files(self, name: str) -> AppFiles:
        """Return the files. Raises NoAppError where there is no page in the app."""
        pages = list(self._pages())
        if not pages:
            raise NoAppError(
                "it has no Interface, ChatInterface or Blocks of Gradio with a function outside of classes"
            )
        keys = {*self._source.page, *self._source.modules}
        folders = (self._folder, self._root)
        lifting = Lifting(self._source, self._remarks, folders=folders, keys=keys)
        functions = Functions(self._source, self._remarks, lifting)
        writer = DemoWriter(self._source, self._remarks, functions, module=name, place=self._place)
        pages, casts = self._casts(pages, functions)
        variables = {
            component.variable: called
            for cast in casts
            for component, called in cast.names.items()
            if component.variable
        }
        beside = Path(os.path.relpath(self._app.resolve(), self._folder.resolve())).as_posix()
        known_as = functions.name("APP") if "/" in beside else ""
        speakers = frozenset(_speakers(pages, functions))
        functions.rewriter = Rewriter(self._source, self._remarks, variables, app=known_as, speakers=speakers)
        names = list(_names(pages, name))
        drafts = [
            writer.write(page, cast, name=each) for page, cast, each in zip(pages, casts, names, strict=True)
        ]
        files = {f"{each.name}.yaml": _yaml(each.values) for each in drafts}
        files[f"{name}.py"] = functions.module(f"Functions of {self._app.name}.", app=beside)
        return AppFiles(files=files, remarks=self._remarks.all())

    def _casts(self, pages: Sequence[Page], functions: Functions) -> tuple[list[Page], list[Cast]]:
        """Return the pages of which something runs, and their casts. Raises NoAppError without any."""
        casts = [(page, self._cast(page, functions)) for page in pages]
        kept = [(page, cast) for page, cast in casts if page.events]
        if not kept:
            raise NoAppError("\n  ".join(["nothing that it runs can be translated:", *self._remarks.texts()]))
        return [page for page, _ in kept], [cast for _, cast in kept]

    def _cast(self, page: Page, functions: Functions) -> Cast:
        def parameters(event: AppEvent) -> Sequence[str] | None:
            callee = functions.seen(event)
            if callee.node is None or isinstance(callee.node, ast.Lambda):
                return None
            own = callee.given_by_page(self._source)
            return [each for each in callee.parameters() if each not in own]

        page.events = started(page.events, functions, self._remarks)
        seen = list(map(functions.seen, page.events))
        reserved = {*functions.taken()} & {each.text for each in seen}
        reserved |= {name for each in seen for name in each.tool_parameters(self._source)}
        return cast_page(
            page,
            self._source,
            self._remarks,
            parameters=parameters,
            knows=functions.knows,
            reserved={*reserved, "history", "progress", "examples"},
        )

    def _pages(self) -> Iterator[Page]:
        tabbed: dict[str, str] = {}
        for call in self._calls("TabbedInterface"):
            for each, title in tabs_of(call, self._source):
                tabbed[self._source.text(each)] = title
        reader = InterfaceReader(self._source, self._remarks)
        for call in self._calls("Interface", "ChatInterface"):
            page = reader.read(call)
            if page is not None:
                title = tabbed.get(self._variable(call)) or tabbed.get(self._source.text(call)) or ""
                page.title, page.name = page.title or title, title
                yield page
        for call in self._calls("Series", "Parallel"):
            word = self._source.word(call.func)
            said = f"`{word}` is not translated, and each of its interfaces is a demo of its own"
            self._remarks.add(call, f"{said}: write one function that calls theirs, and a demo of it")
        for statement in self._blocks(self._source.statements):
            page = BlocksReader(self._source, self._remarks).read(statement)
            if page.events:
                yield page
            elif any(
                isinstance(each, AppComponent) and each.word in WRITTEN for each in page.tree.all_items()
            ):
                self._remarks.add(statement, "the texts of this page are left out: no function is its own")
        self._note_classes()

    def _note_classes(self) -> None:
        for statement in self._source.statements:
            if isinstance(statement, ast.ClassDef):
                for call in ast.walk(statement):
                    if isinstance(call, ast.Call) and self._source.word(call.func) in PAGES:
                        self._remarks.add(call, "a page that a class makes is not translated")

    def _calls(self, *words: str) -> Iterator[ast.Call]:
        for statement in self._source.statements:
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and self._source.word(node.func) in words:
                    yield node

    def _blocks(self, statements: Sequence[ast.stmt]) -> Iterator[ast.With]:
        for each in statements:
            if isinstance(each, ast.With):
                call = each.items[0].context_expr
                if isinstance(call, ast.Call) and self._is_page(call):
                    yield each
                else:
                    yield from self._blocks(each.body)

    def _is_page(self, call: ast.Call) -> bool:
        """Return whether a `with` is a page of its own: `gr.Blocks()`, or `demo.route("Second")`."""
        match call.func:
            case ast.Attribute(value=ast.Name(id=name), attr="route"):
                return name in self._source.page
        return self._source.word(call.func) == "Blocks"

    def _variable(self, call: ast.Call) -> str:
        return next((name for name, value in self._source.assigned.items() if value is call), "")

    def _place(self, written: str) -> str | None:
        """Return the path of a file of the app as the YAML has it; None if it is not below the catalog."""
        path = (self._app.parent / written).resolve()
        if not path.is_file() or not path.is_relative_to(self._root.resolve()):
            return None
        return Path(os.path.relpath(path, self._folder.resolve())).as_posix()


def _speakers(pages: Sequence[Page], functions: Functions) -> Iterator[str]:
    """Yield the functions that fill a conversation and nothing else."""
    for event in (each for page in pages for each in page.events):
        if event.outputs and all(each is not None and is_chat(each) for each in event.outputs):
            yield functions.seen(event).text


def _names(pages: Sequence[Page], name: str) -> Iterator[str]:
    """Yield a name for the YAML of each page: the first has that of the module."""
    taken: set[str] = set()
    for page in pages:
        words = "".join(each if each.isalnum() and each.isascii() else "_" for each in page.name.lower())
        wish = f"{name}_{words.strip('_')}" if words.strip("_") and len(pages) > 1 else name
        found = unique(wish, taken)
        taken.add(found)
        yield found


def _yaml(values: Mapping[str, object]) -> str:
    lines = [_readable(WIDTH.sub(r"\1\2:", line)) for line in edits.block(dict(values))]
    text = MARKER + "\n".join(lines) + "\n"
    return format_text(text, subject="demo").removeprefix(MARKER)


def _readable(line: str) -> str:
    """Return a text of several lines on lines of its own."""
    found = SEVERAL_LINES.fullmatch(line)
    if found is None:
        return line
    margin = " " * (len(found[1]) + 2)
    text = json.decode(found[3])
    return "\n".join(
        [f"{found[1]}{found[2]}: |-", *(f"{margin}{each}".rstrip() for each in text.split("\n"))]
    )
