"""The order of what a function returns, where it can be seen that the state is not last.

def hear(stream, chunk): return stream, text     W-STATE-ORDER, with the line `returns: [stream, text]`
"""

from collections.abc import Sequence

from gradstream.document.types import Route
from gradstream.format import edits
from gradstream.format.findings import Findings
from gradstream.format.generator.binding import Binding
from gradstream.format.generator.modules import Function
from gradstream.format.rules.returns import returns_line
from gradstream.format.types import Action
from gradstream.format.wording import all_of, enumerated


def check_order(binding: Binding, function: Function, action: Action, findings: Findings) -> None:
    """Note a state that is taken before other parameters, or seen to be returned before other values."""
    state = [each.name for each in binding.arguments if each.source == "state"]
    usual = [*binding.outputs, *state]
    # A tuple of this length has the state; of any other, or a mapping by name, there is nothing to say.
    tuples = [each for each in function.tuples if len(each) == len(usual) and not _ends_with(state, each)]
    if not state or not tuples or action.returns:
        return
    seen = _seen(state, binding.outputs, tuples)
    first = _before_inputs(binding)
    if not (seen or first):
        return
    line = returns_line(seen or [*first, *binding.outputs, *(name for name in state if name not in first)])
    route = _route(action, findings)
    findings.add(
        (*route, "generator"),
        "W-STATE-ORDER",
        f"`{action.generator.text}` {'returns' if seen else 'takes'} {enumerated(state if seen else first)} "
        f"before other values, and is understood to return {enumerated(usual)}, in this order",
        severity="warning",
        expected="`returns` with the order of what the function returns",
        found=f"the parameters {all_of(each.name for each in binding.arguments)}",
        repair=f"write `{line}`, or the order in which the function returns them",
        fixes=edits.add_entry(findings.document, route, [line], f"add {line}"),
    )


def _route(action: Action, findings: Findings) -> Route:
    return ("actions", action.name) if "actions" in findings.document.values else ()


def _before_inputs(binding: Binding) -> list[str]:
    """Return the state whose parameters are before one of an input."""
    sources = [each.source for each in binding.arguments]
    last = max((index for index, source in enumerate(sources) if source == "input"), default=0)
    return [each.name for each in binding.arguments[:last] if each.source == "state"]


def _ends_with(state: Sequence[str], returned: Sequence[str | None]) -> bool:
    return list(returned[len(returned) - len(state) :]) == list(state)


def _seen(state: Sequence[str], outputs: Sequence[str], tuples: Sequence[Sequence[str | None]]) -> list[str]:
    """Return the order in which a tuple has the values of the state; empty where it cannot be seen."""
    found = next((each for each in tuples if set(state) <= set(each)), None)
    if found is None:
        return []
    others = iter(outputs)
    return [name if name in state and name is not None else next(others) for name in found]
