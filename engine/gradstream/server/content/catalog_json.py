"""The JSON of the catalog and its demos, for the page and the API.

    CatalogSnapshot + import reports -> CatalogView, DemoView -> JSON, cached until the catalog changes

Secrets are never included: views do not contain constants of `with`, and the source is the text as written.
What is for the developer is left out for others: tracebacks, texts of exceptions, sources that are hidden.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, json
from msgspec.structs import asdict, replace

from gradstream.catalog.discovery import CATALOG_FILE
from gradstream.catalog.store import CatalogStore
from gradstream.catalog.types import BrokenDemo, CatalogSnapshot
from gradstream.components.registry import INPUTS, input_kind
from gradstream.diagnostics import Diagnostic, once
from gradstream.format.fields import awaited_inputs
from gradstream.format.layout_blocks import LayoutBlock
from gradstream.format.text_pattern.javascript import in_javascript
from gradstream.format.text_pattern.read import read_pattern
from gradstream.format.text_pattern.types import PatternProblem
from gradstream.format.theme.types import Theme
from gradstream.format.types import DECODING_OPTIONS, Action, Chat, Demo, Input, Output, Rule, Then
from gradstream.format.value_rules import single_rules
from gradstream.limits import Limits
from gradstream.redaction.written import hide_written
from gradstream.report.page import for_page
from gradstream.report.terminal import Sources, sources_below
from gradstream.runs.caller import Caller
from gradstream.server.content.prose_links import Settled, in_blocks, of_catalog, of_demo
from gradstream.server.http.admission import Admission

DemoStatus = Literal["ready", "broken"]


class DemoEntry(Struct, kw_only=True):
    """A demo in the list of the catalog. `mistake` describes the errors of its file: how many, and where."""

    address: str
    title: str
    description: str | None
    tags: tuple[str, ...]
    thumbnail: str | None
    thumbnail_dark: str | None
    status: DemoStatus
    file: str
    mistakes: int
    mistake: str | None


class ThemeView(Struct, kw_only=True):
    """How pages look: URLs of the style sheet and of pictures, relative to the page's base."""

    style: str | None
    logo: str | None
    favicon: str | None
    scheme: Literal["auto", "light", "dark"]


class CatalogView(Struct, kw_only=True):
    """All listed demos. `version` counts the catalog's changes; `diagnostics` are about `gradstream.yaml`."""

    title: str
    description: str | None
    theme: ThemeView
    version: int
    demos: list[DemoEntry]
    skipped: int
    diagnostics: list[Any]


class LiveView(Struct, kw_only=True):
    """When an action runs by itself: `after_ms` after the last change of one of these inputs.

    It waits until those that it `needs` have values, even if they are not required.
    """

    after_ms: int
    inputs: tuple[str, ...]
    needs: tuple[str, ...]


class ActionView(Struct, kw_only=True):
    """A button, its inputs and outputs; in `runs_on` components that start it, by what is done to them."""

    name: str
    button: str
    has_button: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    live: LiveView | None
    every_ms: int | None
    on_open: bool
    runs_on: Mapping[str, tuple[str, ...]]
    then: Then
    stops: tuple[str, ...]


class ExampleView(Struct, kw_only=True):
    """A value for each input."""

    label: str
    inputs: Mapping[str, Any]


class NoticeView(Struct, kw_only=True):
    """The traceback of the demo's import, only for the developer."""

    kind: Literal["import"]
    text: str


class DemoView(Struct, kw_only=True):
    """One demo. Inputs and outputs have the keys of their kind and the common ones, as in the YAML.

    `editors` are inputs for the outputs that visitors can change, of the same names.
    `needs_token`: programs are let in by a token.
    `revision` changes whenever anything here does. `is_stale`: the last save of the file has errors, which
    `source` and `diagnostics` show; everything else is as it was before it.
    """

    address: str
    title: str
    description: str | None = None
    tags: tuple[str, ...] = ()
    author: str | None = None
    license: str | None = None
    thumbnail: str | None = None
    draft: bool = False
    file: str
    version: int
    revision: str
    status: DemoStatus
    source: str
    inputs: list[dict[str, Any]] = []
    outputs: list[dict[str, Any]] = []
    editors: list[dict[str, Any]] = []
    actions: list[ActionView] = []
    examples: list[ExampleView] = []
    cache: bool = False
    chat: Chat | None = None
    layout: tuple[LayoutBlock, ...] = ()
    needs_token: bool = False
    diagnostics: list[Any] = []
    notice: NoticeView | None = None
    is_stale: bool = False


class CatalogJson:
    """Encodes views of the current snapshot, and caches up to `most` of them until the catalog changes."""

    def __init__(
        self, store: CatalogStore, admission: Admission, *, most: int = Limits().catalog_views
    ) -> None:
        self._most = most
        self._store = store
        self._admission = admission
        self._made: dict[tuple[str, bool], bytes] = {}
        self._catalogs: dict[tuple[bool, frozenset[str]], bytes] = {}
        store.subscribe(lambda _: self._forget())

    def catalog(self, caller: Caller) -> bytes:
        """Return the catalog as JSON, with the demos that the caller may open."""
        admission = self._admission
        key = (admission.may_open(caller, None), admission.hidden(caller))
        if key not in self._catalogs:
            view = catalog_view(self._store.snapshot, may_open=key[0], hidden=key[1])
            if len(self._catalogs) >= self._most:
                self._catalogs.clear()
            self._catalogs[key] = json.encode(view)
        return self._catalogs[key]

    def demo(self, address: str, caller: Caller) -> bytes | None:
        """Return a demo as JSON, with its import's traceback if the caller may see it; None without one."""
        key = (address, caller.may_see_tracebacks)
        if key not in self._made:
            view = demo_view(self._store, address, caller)
            if view is None:
                return None
            view.needs_token = self._admission.gate(address).token is not None
            if len(self._made) >= self._most:
                self._made.clear()
            self._made[key] = json.encode(view)
        return self._made[key]

    def _forget(self) -> None:
        self._made.clear()
        self._catalogs.clear()


def catalog_view(
    snapshot: CatalogSnapshot, *, may_open: bool = True, hidden: frozenset[str] = frozenset()
) -> CatalogView:
    """Return the catalog's view: by `order`, then by title; neither drafts nor what is hidden are listed.

    Who may open single demos of it, and not the catalog, reads its title and theme.
    """
    listed = [
        (demo.order, demo.title, _entry(demo, stale=snapshot.stale.get(address)))
        for address, demo in snapshot.demos.items()
        if not demo.draft and address not in hidden
    ]
    listed += [
        (0.0, broken.title, _broken_entry(broken))
        for address, broken in snapshot.broken.items()
        if address not in hidden
    ]
    listed.sort(key=lambda item: (item[0], item[1].casefold(), item[2].address))
    file = Path(snapshot.root, CATALOG_FILE)
    found = snapshot.diagnostics if may_open else ()
    is_quoted = found and snapshot.options.defaults.get("source") != "hidden"
    text = file.read_text(encoding="utf-8", errors="replace") if is_quoted and file.is_file() else ""
    return CatalogView(
        title=snapshot.options.title,
        description=_text(snapshot.options.description, of_catalog(snapshot)) if may_open else None,
        theme=theme_view(snapshot.options.theme),
        version=snapshot.version,
        demos=[entry for _, _, entry in listed],
        skipped=len(snapshot.skipped) if may_open else 0,
        diagnostics=list(for_page(found, sources={CATALOG_FILE: text}.get)),
    )


def demo_view(store: CatalogStore, address: str, caller: Caller) -> DemoView | None:
    """Return the view of a demo, with or without errors; None if it does not exist."""
    snapshot = store.snapshot
    revision = store.revision(address)
    if revision is None:
        return None
    if address in snapshot.broken:
        broken = snapshot.broken[address]
        source = _shown_source(broken, caller)
        sources = _sources(snapshot, caller, {broken.file: source})
        may_repair = caller.may_see_tracebacks
        return _broken_view(
            broken, version=snapshot.version, source=source, sources=sources, may_repair=may_repair
        )
    demo = snapshot.demos[address]
    view = _ready_view(demo, version=snapshot.version, revision=revision, settled=of_demo(demo, snapshot))
    view.source = _shown_source(demo, caller)
    report = store.import_report(address)
    # Some findings of the check are found again by the import.
    found = once([*snapshot.warnings.get(address, ()), *(report.diagnostics if report else ())])
    if not (caller.may_see_tracebacks or demo.shows_errors):
        found = once(map(_without_exception, found))
    view.diagnostics = list(for_page(found, sources=_sources(snapshot, caller, {view.file: view.source})))
    stale = snapshot.stale.get(address)
    if stale is not None:
        view.is_stale = True
        view.source = _shown_source(stale, caller)
        sources = _sources(snapshot, caller, {stale.file: view.source})
        view.diagnostics = list(
            for_page(stale.diagnostics, sources=sources, may_repair=caller.may_see_tracebacks)
        )
    if report is not None and report.detail and caller.may_see_tracebacks:
        view.notice = NoticeView(kind="import", text=report.detail)
    return view


def theme_view(theme: Theme) -> ThemeView:
    """Return where the parts of a theme are."""

    def url(part: str, *, is_there: bool) -> str | None:
        return f"theme/{part}?v={theme.revision}" if is_there else None

    return ThemeView(
        style=url("style.css", is_there=theme.revision != ""),
        logo=url("logo", is_there="logo" in theme.files),
        favicon=url("favicon", is_there="favicon" in theme.files),
        scheme=theme.scheme,
    )


def thumbnail_url(demo: Demo) -> str | None:
    """Return the URL of the demo's picture, relative to the page's base."""
    return None if demo.thumbnail is None else _thumbnail_url(demo)


def dark_thumbnail_url(demo: Demo) -> str | None:
    """Return the URL of the demo's picture for the dark scheme, if it has one of its own there."""
    has_both = demo.thumbnail is not None and demo.thumbnail_dark is not None
    return f"{_thumbnail_url(demo)}&scheme=dark" if has_both else None


def _thumbnail_url(demo: Demo) -> str:
    return f"api/demos/{demo.address}/thumbnail?v={demo.revision}"


def _entry(demo: Demo, *, stale: BrokenDemo | None) -> DemoEntry:
    mistakes = [] if stale is None else [found for found in stale.diagnostics if found.is_error]
    return DemoEntry(
        address=demo.address,
        title=demo.title,
        description=demo.description,
        tags=demo.tags,
        thumbnail=thumbnail_url(demo),
        thumbnail_dark=dark_thumbnail_url(demo),
        status="ready",
        file=demo.file,
        mistakes=len(mistakes),
        mistake=_summary(mistakes, demo.file) if mistakes else None,
    )


def _broken_entry(broken: BrokenDemo) -> DemoEntry:
    mistakes = [found for found in broken.diagnostics if found.is_error]
    return DemoEntry(
        address=broken.address,
        title=broken.title,
        description=None,
        tags=(),
        thumbnail=None,
        thumbnail_dark=None,
        status="broken",
        file=broken.file,
        mistakes=len(mistakes),
        mistake=_summary(mistakes, broken.file),
    )


def _summary(mistakes: list[Diagnostic], file: str) -> str:
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    files = {found.span.file for found in mistakes}
    file = files.pop() if len(files) == 1 else file
    lines = [found.span.line for found in mistakes if found.span.file == file]
    first = "" if len(mistakes) == 1 else "the first "
    return f"{count} in {file}" + (f", {first}line {min(lines)}" if lines else "")


def _sources(snapshot: CatalogSnapshot, caller: Caller, known: Mapping[str, str]) -> Sources:
    """Return what a report quotes: the demo's YAML, and for the developer Python files of the catalog too."""
    return sources_below(Path(snapshot.root), known) if caller.may_see_tracebacks else known.get


def _shown_source(demo: Demo | BrokenDemo, caller: Caller) -> str:
    return "" if demo.hides_source and not caller.may_see_tracebacks else hide_written(demo.source)


def _without_exception(found: Diagnostic) -> Diagnostic:
    """Return a finding of the import without the exception that it quotes: its text is for the developer."""
    if found.code != "E-IMPORT":
        return found
    message = found.message.partition(": ")[0]
    return replace(found, message=message, found="an exception, which the server's log has", repair="")


def _broken_view(
    broken: BrokenDemo, *, version: int, source: str, sources: Sources, may_repair: bool
) -> DemoView:
    return DemoView(
        address=broken.address,
        title=broken.title,
        file=broken.file,
        version=version,
        revision=broken.revision,
        status="broken",
        source=source,
        diagnostics=list(for_page(broken.diagnostics, sources=sources, may_repair=may_repair)),
    )


def _ready_view(demo: Demo, *, version: int, revision: str, settled: Settled) -> DemoView:
    return DemoView(
        address=demo.address,
        title=demo.title,
        description=_text(demo.description, settled),
        tags=demo.tags,
        author=demo.author,
        license=demo.license,
        thumbnail=thumbnail_url(demo),
        draft=demo.draft,
        file=demo.file,
        version=version,
        revision=revision,
        status="ready",
        source=demo.source,
        inputs=[_input(field, settled) for field in demo.inputs],
        outputs=[_output(output, settled) for output in demo.outputs],
        editors=[
            _input(one.as_input, settled) for one in demo.outputs if one.editable and one.as_input is not None
        ],
        actions=[_action(action, demo) for action in demo.actions],
        examples=[ExampleView(label=example.label, inputs=example.inputs) for example in demo.examples],
        cache=demo.cache,
        chat=demo.chat,
        layout=in_blocks(demo.layout, settled),
    )


def _text(written: str | None, settled: Settled) -> str | None:
    return None if written is None else settled(written)


def _input(field: Input, settled: Settled) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.kind,
        "label": field.label,
        "description": _text(field.description, settled),
        "required": field.required,
        "section": field.section,
        "show_if": field.show_if,
        "rules": _rules(field),
        "default": field.default,
        **{key: value for key, value in field.options.items() if key not in DECODING_OPTIONS},
    }


def _rules(field: Input) -> list[dict[str, Any]]:
    counts_signs = "pattern" in input_kind(field.kind).rule_keys(field) and not field.options.get("multiple")
    return [_rule(one) for one in single_rules(field.rules, unit="characters" if counts_signs else "values")]


def _rule(rule: Rule) -> dict[str, Any]:
    """Return a rule with its pattern as the page reads it."""
    part = None if rule.pattern is None else read_pattern(rule.pattern)
    pattern = None if part is None or isinstance(part, PatternProblem) else in_javascript(part)
    return asdict(replace(rule, pattern=pattern))


def _output(output: Output, settled: Settled) -> dict[str, Any]:
    return {
        "name": output.name,
        "type": output.kind,
        "label": output.label,
        "description": _text(output.description, settled),
        "streaming": output.streaming,
        "updates": output.updates,
        "show_if": output.show_if,
        **output.options,
    }


def _action(action: Action, demo: Demo) -> ActionView:
    live = action.live
    needs = awaited_inputs(action, demo, INPUTS)
    return ActionView(
        name=action.name,
        button=action.button,
        has_button=action.has_button,
        inputs=action.inputs,
        outputs=action.outputs,
        live=None
        if live is None
        else LiveView(after_ms=_ms(live.after_s), inputs=live.inputs or action.inputs, needs=needs),
        every_ms=None if action.every_s is None else _ms(action.every_s),
        on_open=action.on_open,
        runs_on=action.runs_on,
        then=action.then,
        stops=action.stops,
    )


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
