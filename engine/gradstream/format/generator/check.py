"""Each action's generator: where it is, whether the inputs fit it, and what can be said before it runs.

action --resolve--> Target --bind--> the action with the inputs that it really takes
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.document.types import Route
from gradstream.format.draft import ActionDraft, Draft
from gradstream.format.findings import Findings
from gradstream.format.generator.binding import Binding, bind
from gradstream.format.generator.order import check_order
from gradstream.format.generator.resolve import Located, Target, package_hidden_by, resolve, with_colon
from gradstream.format.rules.unlikely import check_fractions
from gradstream.format.rules.unlikely_types import check_types
from gradstream.format.types import Action, Demo, GeneratorPath


def path_of(action: ActionDraft, draft: Draft) -> GeneratorPath:
    """Return the action's path with its place and the folders to look in."""
    return path_at(action.at("generator"), action.values["generator"], draft)


def path_at(route: Route, text: str, draft: Draft) -> GeneratorPath:
    """Return a path that is written at a route, with the folders to look in."""
    place = draft.place
    roots = (place.folder,) if place.folder == place.root else (place.folder, place.root)
    return GeneratorPath(text=text, span=draft.document.span(route), roots=roots)


def resolve_all(draft: Draft, findings: Findings) -> Mapping[str, Target]:
    """Return what each action names; what cannot run is noted."""
    targets = {}
    for action in draft.actions:
        if "generator" not in action.values:
            continue
        path = path_of(action, draft)
        warning = with_colon(path)
        if warning is not None:
            findings.append(warning)
        target = resolve_for(path, draft)
        if isinstance(target, Diagnostic):
            findings.append(target)
            continue
        targets[action.name] = target
        hides = package_hidden_by(target, path)
        if hides is not None:
            findings.append(hides)
        if target.function is not None and target.function.returns_value:
            findings.append(_ignored_return(path))
        if target.function is not None:
            check_fractions(target.function.fractions, path.text, draft, findings)
            check_types(target.function.plain_types, path.text, draft, findings)
        if target.function is not None and target.function.is_generator:
            _check_streaming(action, path, draft, findings)
        elif target.function is not None and target.function.returns_once:
            _check_once(action, path, draft, findings)
    return targets


def resolve_for(path: GeneratorPath, draft: Draft) -> Target | Diagnostic:
    """Find out what a path names; installed packages of another Python show only when it imports them."""
    target = resolve(path)
    if "python" not in draft.values.get("worker", {}):
        return target
    is_unseen = isinstance(target, Diagnostic) and target.code == "E-NO-MODULE"
    is_installed = isinstance(target, Target) and target.located.root is None
    if not (is_unseen or is_installed):
        return target
    module, _, name = path.text.replace(":", ".").rpartition(".")
    return Target(located=Located(module=module, attributes=(name,), file=None, root=None), function=None)


def bind_all(demo: Demo, targets: Mapping[str, Target], findings: Findings) -> Demo:
    """Return the demo with the inputs that each action takes; where they do not fit is noted."""
    return replace(demo, actions=tuple(_bound(each, demo, targets, findings) for each in demo.actions))


def _bound(action: Action, demo: Demo, targets: Mapping[str, Target], findings: Findings) -> Action:
    function = targets[action.name].function
    if function is None or function.signature is None:
        return action
    binding = bind(function.signature, action=action, demo=demo)
    if isinstance(binding, Binding):
        check_order(binding, function, action, findings)
    if isinstance(binding, Diagnostic):
        findings.append(binding)
        return action
    for warning in binding.warnings:
        findings.append(warning)
    return replace(action, inputs=binding.inputs, inputs_given=True)


def _check_streaming(action: ActionDraft, path: GeneratorPath, draft: Draft, findings: Findings) -> None:
    """Note a generator of which nothing is shown before its end."""
    named = action.values.get("outputs", draft.outputs)
    names = [name for name in named if name in draft.outputs]
    if len(names) < len(named):
        # An input shows every step.
        return
    configs = [draft.outputs[name] for name in names]
    if not names or any(one.get("streaming", True) or _is_joined(one, draft) for one in configs):
        return
    findings.add(
        ("outputs", names[0], "streaming"),
        "W-NOTHING-STREAMS",
        f"`{path.text}` yields, and no output shows more than the last yield",
        severity="warning",
        expected="`streaming: true` for one of the outputs",
        found="`streaming: false` for all",
        repair="remove the line, or let the function return its result",
        at="key",
    )


def _is_joined(config: Mapping[str, Any], draft: Draft) -> bool:
    """Return whether every yield counts without streaming: sound and video are joined into one clip."""
    return draft.kinds.outputs[config["type"]].is_media


def _check_once(action: ActionDraft, path: GeneratorPath, draft: Draft, findings: Findings) -> None:
    """Note an output that is said to stream, and a function that has only one thing to show."""
    for name in action.values.get("outputs", draft.outputs):
        if draft.outputs.get(name, {}).get("streaming") is not True:
            continue
        findings.add(
            ("outputs", name, "streaming"),
            "W-NOTHING-STREAMS",
            f"`{path.text}` returns once, and `{name}` has nothing to stream",
            severity="warning",
            expected="a function with `yield`",
            found="`return` alone",
            repair="write `yield` for every step, or remove `streaming: true`",
            at="key",
        )


def _ignored_return(path: GeneratorPath) -> Diagnostic:
    return Diagnostic(
        span=path.span,
        code="W-RETURN-IGNORED",
        severity="warning",
        message=f"`{path.text}` yields, and what it returns at the end is ignored",
        expected="`yield` for everything that is to be shown",
        found="`return` with a value",
        repair="write `yield` instead of `return`",
    )
