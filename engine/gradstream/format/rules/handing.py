"""Which outputs can be handed to a function: those that an action's `inputs` name."""

from gradstream.document.types import Route
from gradstream.format.both_ways import handed_as
from gradstream.format.build import build_output
from gradstream.format.draft import Draft
from gradstream.format.findings import Findings
from gradstream.format.types import Output


def check_handing(draft: Draft, findings: Findings) -> None:
    """Note each output that an action's inputs name and whose value no function can be given."""
    for action in draft.actions:
        for index, name in enumerate(action.values.get("inputs", ())):
            config = draft.outputs.get(name, {})
            if name not in draft.inputs and "type" in config:
                _check(action.at("inputs", index), build_output(name, config), draft, findings)


def _check(route: Route, output: Output, draft: Draft, findings: Findings) -> None:
    kind = draft.kinds.outputs[output.kind]
    if handed_as(output, draft.kinds) is not None:
        return
    repair = f"remove `{output.name}`, or let the function keep the value in `state`"
    if kind.is_media:
        repair = f"write `updates: replace` below `{output.name}`: it is one clip then"
    elif kind.is_conversation:
        repair = f"remove `{output.name}`, and name a parameter of the function `history`"
    findings.add(
        route,
        "E-NOT-HANDED",
        f"what `{output.name}` shows cannot be given to a function",
        expected=f"an input, or an output of the kinds {', '.join(draft.kinds.handed)}",
        found=f"`{output.name}`, {'a stream of' if kind.is_media else 'of the kind'} {output.kind}",
        repair=repair,
    )
