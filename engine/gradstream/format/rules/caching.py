"""`cache`: whether recordings can stand for examples, which is so where their values alone decide the result.

What depends on the visitor, on what was before, or on which of several buttons is pressed, is run each time.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.generator.binding import Binding, bind, is_personal
from gradstream.format.generator.resolve import Target
from gradstream.format.types import Action, Demo


def with_cache(demo: Demo, draft: Draft, targets: Mapping[str, Target], findings: Findings) -> Demo:
    """Return the demo with `cache` as it can be; say why not where the demo's own file asks for it."""
    if draft.values.get("cache", False) is False:
        return demo
    obstacle = _obstacle(demo, targets)
    if obstacle is None:
        return replace(demo, cache=True)
    # For all demos of a catalog it is meant where it is possible.
    if findings.document.key_span(("cache",)).file == demo.actions[0].generator.span.file:
        what, repair = obstacle
        findings.add(
            ("cache",),
            "W-NOT-CACHED",
            f"examples are run each time: {what}",
            severity="warning",
            expected="examples whose values alone decide the result of one button",
            found="`cache: true`",
            repair=f"{repair}, or remove `cache`",
            at="key",
        )
    return demo


def _obstacle(demo: Demo, targets: Mapping[str, Target]) -> tuple[str, str] | None:
    """Return why no recording can stand for an example, and what to do about that; None if one can."""
    if not demo.examples:
        return "there are none", "add `examples`"
    if demo.state:
        return "the result depends on `state`, which each visitor has for himself", "keep nothing in `state`"
    if demo.chat is not None:
        return "an answer depends on the conversation before it", "show the answer in another kind of output"
    if len(demo.actions) > 1:
        return "a press does not say which of the actions is meant", "make a demo of each action"
    (action,) = demo.actions
    if action.live is not None or action.every_s is not None or action.runs_on:
        return "the action starts by itself when values change or time passes", "let a button start it"
    if _knows_visitor(action, demo, targets):
        return "the function is given the `session` of the visitor", "give it inputs alone"
    shown = {output.name for output in demo.outputs} - {field.name for field in demo.inputs}
    if not shown.isdisjoint(action.inputs):
        return "the action is given what an output shows", "give it inputs alone"
    return None


def _knows_visitor(action: Action, demo: Demo, targets: Mapping[str, Target]) -> bool:
    """Return whether the function has a parameter for the session, where its source is readable."""
    function = targets[action.name].function
    if function is None or function.signature is None:
        return False
    binding = bind(function.signature, action=action, demo=demo)
    return isinstance(binding, Binding) and is_personal(binding)
