"""A reading of a demo's file -> the demo, or everything that is wrong with it.

Reading + defaults --validate, rules, resolve--> findings --none is an error--> Demo
"""

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.document.overlay import lay_below, without
from gradstream.document.types import Document, Reading
from gradstream.format.both_ways import with_input, with_output
from gradstream.format.build import build_chat, build_output, with_message
from gradstream.format.draft import ActionDraft, DemoPlace, Draft, draft
from gradstream.format.findings import Findings
from gradstream.format.foreign import foreign_document
from gradstream.format.gate import Gate
from gradstream.format.generator.check import bind_all, path_of, resolve_all
from gradstream.format.generator.code_view import CodeView, view_of
from gradstream.format.generator.validators import read_validators, written_validators
from gradstream.format.kinds import Kinds
from gradstream.format.layout import build_layout, conditions_around
from gradstream.format.mistakes.validate import validate
from gradstream.format.mistakes.yaml_pitfalls import check_cut_texts
from gradstream.format.notations.whole import report_whole
from gradstream.format.prose.files import named_files, read_pictures
from gradstream.format.rules import consistency, interpreter
from gradstream.format.rules.access import (
    GUARDING_ROUTES,
    check_access,
    check_idle_users,
    gate_of_text,
    guards,
    read_gate,
)
from gradstream.format.rules.caching import with_cache
from gradstream.format.rules.chains import read_then
from gradstream.format.rules.conditions import check_conditions
from gradstream.format.rules.examples import ExampleDraft, complete, read_examples
from gradstream.format.rules.groups import check_group
from gradstream.format.rules.inputs import read_inputs
from gradstream.format.rules.interpreter import read_interpreter
from gradstream.format.rules.layout import names_of
from gradstream.format.rules.pictures import with_own_pictures, with_picture
from gradstream.format.rules.runs_on import check_starts, listed_events
from gradstream.format.rules.shipped_files import shipped_paths
from gradstream.format.schema.validators import load_schemas
from gradstream.format.shapes.check import check_shapes
from gradstream.format.thumbnails import dark_form, thumbnail_of
from gradstream.format.types import (
    DECODING_OPTIONS,
    Action,
    CatalogOptions,
    Demo,
    Input,
    Live,
    OnDisconnect,
    Output,
    RunLimits,
    WorkerOptions,
)
from gradstream.format.units import size_bytes, time_s
from gradstream.format.version import check_version
from gradstream.format.wording import describe, label_of

LOST_S = 600.0
"""A lid that is closed for a while, or a way through a tunnel, ends no run."""

FILES_BESIDE = ("examples",)
"""Keys whose value, when it is text, is the path of a file that what is said of the demo rests on."""


class DemoReading(Struct, frozen=True, kw_only=True):
    """What loading gave: `demo` is None exactly when one of the diagnostics is an error.

    `beside` has the absolute paths of other files and of packages that the YAML names; they may be missing.
    `bound` is what the generators' signatures are compared with: the same for texts in which these fit alike.
    `code` is what was seen of each action's generator, where all were found.
    `is_other`: the file is in another notation, and what is said of it needs no guess. `gate` says who may
    open the demo, if the file does, also where the rest of it has errors.
    """

    demo: Demo | None
    title: str
    diagnostics: tuple[Diagnostic, ...]
    beside: tuple[str, ...] = ()
    bound: str = ""
    code: tuple[CodeView, ...] = ()
    is_other: bool = False
    gate: Gate | None = None


def load_demo(
    reading: Reading,
    *,
    place: DemoPlace,
    kinds: Kinds,
    defaults: Document | None = None,
    catalog: CatalogOptions | None = None,
) -> DemoReading:
    """Load one demo of a catalog; `defaults` is what the catalog lays below every demo's own keys."""
    catalog = catalog or CatalogOptions(title="")
    title = label_of(place.address.rpartition(".")[2])
    document = reading.document
    other = None
    if document is None or not isinstance(document.values, Mapping):
        other = report_whole(reading.source, file=place.file)
    if document is None or other is not None:
        found = reading.diagnostics if other is None else (other,)
        gate = gate_of_text(reading.source)
        return DemoReading(demo=None, title=title, diagnostics=found, is_other=other is not None, gate=gate)
    foreign = foreign_document(document.values, document.source)
    if foreign is not None or not isinstance(document.values, Mapping):
        found = (
            *reading.diagnostics,
            _no_mapping(document) if foreign is None else _foreign(foreign, document),
        )
        gate = gate_of_text(reading.source)
        return DemoReading(demo=None, title=title, diagnostics=found, gate=gate)
    if defaults is not None:
        below = without(defaults, GUARDING_ROUTES) if guards(document) else defaults
        document = lay_below(document, below)
    document = document.without_secrets()
    findings = Findings(document)
    for diagnostic in reading.diagnostics:
        findings.append(diagnostic)
    demo, code = _load(
        findings, place=place, kinds=kinds, catalog=catalog, source=reading.source, title=title
    )
    if findings.has_errors():
        demo = None
    gate = read_gate(document, wrong=findings.wrong)
    if demo is not None:
        secrets = tuple(dict.fromkeys((*demo.secrets, *catalog.secrets)))
        demo = replace(demo, gate=gate, secrets=secrets)
    written = document.values.get("title")
    if isinstance(written, str) and written:
        title = written
    beside = (*_beside(document.values, place, kinds), *_code_beside(document.values, place))
    return DemoReading(
        demo=demo,
        title=title,
        diagnostics=findings.sorted(),
        beside=beside,
        bound=_bound(document.values),
        code=code,
        gate=gate,
    )


def _load(
    findings: Findings,
    *,
    place: DemoPlace,
    kinds: Kinds,
    catalog: CatalogOptions,
    source: str,
    title: str,
) -> tuple[Demo | None, tuple[CodeView, ...]]:
    if not check_version(findings):
        return None, ()
    check_shapes(findings)
    validate(load_schemas().demo, findings)
    sound = draft(findings, place=place, kinds=kinds)
    consistency.check(sound, findings)
    check_group(sound, catalog.groups, findings)
    check_access(findings)
    check_idle_users(catalog.gate, findings)
    check_cut_texts(findings)
    inputs = read_inputs(sound, findings)
    check_conditions(sound, inputs, findings)
    examples = read_examples(sound, inputs, findings)
    targets = resolve_all(sound, findings)
    validators = read_validators(sound, findings)
    if findings.has_errors():
        return None, ()
    written = _build(sound, tuple(inputs.values()), examples, source=source, title=title)
    check_starts(written, sound, findings)
    demo = bind_all(replace(written, validators=validators), targets, findings)
    demo = with_cache(demo, sound, targets, findings)
    code = tuple(view_of(targets[action.name], action) for action in written.actions)
    return replace(demo, revision=_revision(demo, findings)), code


def _build(
    draft: Draft,
    inputs: tuple[Input, ...],
    examples: tuple[ExampleDraft, ...],
    *,
    source: str,
    title: str,
) -> Demo:
    values, place = draft.values, draft.place
    outputs = tuple(
        with_input(build_output(name, config), draft.kinds) for name, config in draft.outputs.items()
    )
    layout = values.get("layout", [])
    around = conditions_around(layout, names_of(draft))
    inputs = tuple(replace(each, show_if=each.show_if + around(f"inputs.{each.name}")) for each in inputs)
    outputs = tuple(replace(each, show_if=each.show_if + around(f"outputs.{each.name}")) for each in outputs)
    limits = _limits(values.get("limits", {}))
    actions = tuple(_action(each, draft) for each in draft.actions)
    chat = build_chat(inputs, outputs, actions, draft.kinds)
    words = {each.name: _button_of(each.values) for each in draft.actions}
    chat = None if chat is None else replace(chat, button=words.get(chat.action or ""))
    light, is_named = thumbnail_of(values, place.file)
    dark = dark_form(light)
    return Demo(
        address=place.address,
        file=place.file,
        folder=place.folder,
        root=place.root,
        source=source,
        revision="",
        title=values.get("title") or title,
        description=values.get("description"),
        tags=tuple(values.get("tags", ())),
        author=values.get("author"),
        license=values.get("license"),
        thumbnail=light if is_named or _is_there(light, place) else None,
        thumbnail_dark=dark if _is_there(dark, place) else None,
        pictures=read_pictures(values, folder=place.folder, root=place.root),
        headers=tuple(values.get("access", {}).get("headers", ())),
        order=float(values.get("order", 0)),
        draft=values.get("draft", False),
        inputs=tuple(_completed(each, draft, limits) for each in inputs),
        outputs=tuple(_completed_output(each, draft, limits) for each in outputs),
        actions=tuple(with_message(each, chat) for each in actions),
        examples=tuple(complete(each, inputs) for each in examples),
        chat=chat,
        layout=build_layout(layout, names_of(draft)),
        state=draft.state,
        progress=values.get("progress"),
        watch=_list(values.get("watch", ())),
        worker=replace(_worker(values.get("worker", {})), python=read_interpreter(draft)),
        limits=limits,
        group=values.get("group"),
        on_disconnect=_wait(values.get("on_disconnect", "30s")),
        on_lost=_on_lost(values),
        shows_errors=values.get("errors") == "shown",
        hides_source=values.get("source") == "hidden",
        embed_origins=_embed_origins(values.get("embed", {})),
        secrets=draft.document.secret_values(),
    )


def _completed(field: Input, draft: Draft, limits: RunLimits) -> Input:
    """Return an input with what follows from the file around it."""
    placed = with_picture(field, draft.kinds, folder=draft.place.folder, root=draft.place.root)
    return _bounded(with_output(placed, draft.kinds), limits, draft.kinds)


def _bounded(field: Input, limits: RunLimits, kinds: Kinds) -> Input:
    """Return an input of files with the demo's limits of what is decoded; any other as it is."""
    if not kinds.inputs[field.kind].takes_file:
        return field
    bounds = {option: getattr(limits, name) for option, name in DECODING_OPTIONS.items()}
    return replace(field, options={**field.options, **bounds})


def _completed_output(output: Output, draft: Draft, limits: RunLimits) -> Output:
    placed = with_own_pictures(output, draft.kinds, folder=draft.place.folder, root=draft.place.root)
    if placed.as_input is None:
        return placed
    return replace(placed, as_input=_bounded(placed.as_input, limits, draft.kinds))


def _action(action: ActionDraft, draft: Draft) -> Action:
    values = action.values
    is_only = not action.route
    return Action(
        name=action.name,
        generator=path_of(action, draft),
        button=_button_of(values) or ("Run" if is_only else label_of(action.name)),
        inputs=tuple(values.get("inputs", draft.inputs)),
        outputs=tuple(values.get("outputs", draft.outputs)),
        inputs_given=is_only or "inputs" in values,
        outputs_given="outputs" in values,
        returns=tuple(values.get("returns", ())),
        constants=values.get("with", {}),
        live=_live(values.get("live", False)),
        every_s=time_s(values["every"]) if "every" in values else None,
        on_open=values.get("on_open", False),
        runs_on={event: tuple(names) for event, names in listed_events(values)},
        has_button=values.get("button", True) is not False,
        then=read_then(values.get("then", ())),
        stops=tuple(values.get("stops", ())),
    )


def _button_of(values: Mapping[str, Any]) -> str | None:
    written = values.get("button")
    return written if isinstance(written, str) else None


def _live(written: Any) -> Live | None:
    if isinstance(written, Mapping):
        return Live(after_s=time_s(written.get("after", "0ms")), inputs=tuple(written.get("inputs", ())))
    return Live() if written else None


def _embed_origins(written: Mapping[str, Any]) -> tuple[str, ...] | None:
    return tuple(written["origins"]) if "origins" in written else None


def _worker(written: Mapping[str, Any]) -> WorkerOptions:
    return WorkerOptions(
        warm=written.get("warm", False),
        shared=written.get("shared"),
        idle_unload_s=time_s(written["idle_unload"]) if "idle_unload" in written else None,
        memory_bytes=size_bytes(written["memory"]) if "memory" in written else None,
    )


def _limits(written: Mapping[str, Any]) -> RunLimits:
    usual = RunLimits()
    return RunLimits(
        concurrency=written.get("concurrency", usual.concurrency),
        queue=written.get("queue", usual.queue),
        timeout_s=time_s(written["timeout"]) if "timeout" in written else usual.timeout_s,
        grace_s=time_s(written["grace"]) if "grace" in written else usual.grace_s,
        pixels=written.get("pixels", usual.pixels),
        media_s=time_s(written["media_time"]) if "media_time" in written else usual.media_s,
    )


def _on_lost(values: Mapping[str, Any]) -> OnDisconnect:
    """Return how long a silent reader is waited for: unless said, never shorter than one that has left."""
    if "on_lost" in values:
        return _wait(values["on_lost"])
    on_disconnect = _wait(values.get("on_disconnect", "30s"))
    if on_disconnect == "keep":
        return "keep"
    return LOST_S if on_disconnect == "stop" else max(LOST_S, on_disconnect)


def _wait(written: str) -> OnDisconnect:
    return written if written in ("keep", "stop") else time_s(written)  # type: ignore[return-value]


def _revision(demo: Demo, findings: Findings) -> str:
    """Return a hash of all that a page shows: constants are not shown, and warnings are."""
    actions = tuple(replace(action, constants={}) for action in demo.actions)
    shown = msgspec.msgpack.encode((replace(demo, actions=actions, secrets=()), findings.sorted()))
    return blake2b(shown, digest_size=12).hexdigest()


def _bound(values: Mapping[str, Any]) -> str:
    """Return the names and paths that are compared with signatures."""
    actions = values.get("actions")
    parts = [values, *(actions.values() if isinstance(actions, Mapping) else ())]
    named = [
        (list(_names(part.get("inputs"))), list(_names(part.get("with"))), part.get("generator"))
        for part in parts
        if isinstance(part, Mapping)
    ]
    validators = list(written_validators(values))
    return repr((named, validators, list(_names(values.get("state"))), list(_names(values.get("outputs")))))


def _names(written: Any) -> Iterator[str]:
    return map(str, written if isinstance(written, Mapping | list) else ())


def _is_there(name: str, place: DemoPlace) -> bool:
    return Path(place.folder, name).is_file()


def _beside(values: Mapping[str, Any], place: DemoPlace, kinds: Kinds) -> tuple[str, ...]:
    thumbnail, _ = thumbnail_of(values, place.file)
    named = (
        *(values.get(key) for key in FILES_BESIDE),
        thumbnail,
        dark_form(thumbnail),
        *shipped_paths(values, kinds),
        *named_files(values),
    )
    worker = values.get("worker")
    python = worker.get("python") if isinstance(worker, Mapping) else None
    files = [os.path.normpath(Path(place.folder, name)) for name in named if isinstance(name, str)]
    return (*files, *interpreter.beside(python, place))


def _code_beside(values: Mapping[str, Any], place: DemoPlace) -> Iterator[str]:
    """Yield the packages that the functions' paths lead through, and where the next one may appear."""
    actions = values.get("actions")
    listed = actions.values() if isinstance(actions, Mapping) else ()
    written = [values.get("generator"), *(one.get("generator") for one in listed if isinstance(one, Mapping))]
    written += [text for _, text in written_validators(values)]
    names = {one.partition(":")[0] for one in written if isinstance(one, str)}
    for name, root in itertools.product(sorted(names), dict.fromkeys((place.folder, place.root))):
        yield from _packages(Path(root), name.split("."))


def _packages(folder: Path, parts: Sequence[str]) -> Iterator[str]:
    for part in parts[:-1]:
        folder /= part
        yield str(folder)
        if not folder.is_dir():
            return
        yield str(folder / "__init__.py")


def _list(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _foreign(name: str, document: Document) -> Diagnostic:
    """Return the only report about a document of another tool."""
    return Diagnostic(
        span=document.span(()),
        code="E-NOT-A-DEMO",
        message=f"this is {name}, and not a demo",
        expected="`gradstream: 1`, `generator` and `outputs` at the top",
        found=name,
        repair="leave this file as it is, and write the demo into one of its own: `gradstream new NAME`",
    )


def _no_mapping(document: Document) -> Diagnostic:
    is_empty = document.values is None
    return Diagnostic(
        span=document.span(()),
        code="E-NOT-A-DEMO",
        message="the file is empty" if is_empty else "the file is not a mapping",
        expected="`gradstream: 1` and the other keys of a demo",
        found="nothing" if is_empty else describe(document.values),
        repair="begin with `gradstream: 1`",
    )
