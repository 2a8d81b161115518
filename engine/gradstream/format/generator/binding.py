"""Which parameter gets which value: the rules of the format's "Binding", in one place for load and worker.

    signature + action + demo --bind--> Binding | Diagnostic(E-SIGNATURE)
    Binding + a run's values --arguments--> (positional, by keyword)

Names match first and go by keyword; what is left fills the free parameters in file order;
`inspect.Signature.bind` has the last word. In a conversation the history goes to `history`, or else to a
parameter of any name that nothing claims (see `_claim_history`).
"""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypedDict

from msgspec import Struct

from gradstream.diagnostics import Diagnostic
from gradstream.format.types import Action, Chat, Demo
from gradstream.format.wording import all_of, guess

ArgumentSource = Literal["input", "constant", "state", "history", "progress", "liked", "event", "session"]

BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
BY_KEYWORD = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
COLLECTING = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
SESSION: Final = "session"

TOOL_FILLED: tuple[Literal["history", "progress", "event", "session"], ...] = (
    "history",
    "progress",
    "event",
    SESSION,
)
"""Parameters that gradstream fills by itself when no input, constant or state value claims them."""


class Filled(TypedDict):
    """The values of `TOOL_FILLED`."""

    history: Any
    progress: Any
    event: Any
    session: Any


LIKED = ("index", "liked")
"""What the action of a chat's `like` is given: which message, and true, false or null."""

BINDING_CODES = frozenset({"E-SIGNATURE", "W-BINDING-MIXED"})
"""What is found only where nothing else is wrong: names of inputs against parameters."""


class Argument(Struct, frozen=True, kw_only=True):
    """One value on its way into the call: `parameter` None means by position, in order."""

    parameter: str | None
    source: ArgumentSource
    name: str


class Binding(Struct, frozen=True, kw_only=True):
    """How an action's callable is called: `inputs` and `outputs` that take part, in file order."""

    arguments: tuple[Argument, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    warnings: tuple[Diagnostic, ...] = ()


class _Plan:
    """The parameters of one signature, and what claims each of them while a binding is made."""

    def __init__(self, signature: inspect.Signature) -> None:
        self.signature = signature
        parameters = tuple(signature.parameters.values())
        self.named = {each.name: each for each in parameters if each.kind not in COLLECTING}
        self.takes_more = any(each.kind is inspect.Parameter.VAR_POSITIONAL for each in parameters)
        self.takes_any_name = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters)
        self.claims: dict[str, tuple[ArgumentSource, str]] = {}
        self.extra_positional: list[tuple[ArgumentSource, str]] = []
        self.extra_keyword: list[tuple[ArgumentSource, str]] = []
        self.filled: list[tuple[str, str]] = []

    def free(self) -> list[inspect.Parameter]:
        """Return the parameters that nothing claims yet, in the order of the signature."""
        return [each for each in self.named.values() if each.name not in self.claims]

    def missing(self) -> list[str]:
        """Return the names of parameters that must have a value and have none."""
        return [each.name for each in self.free() if each.default is inspect.Parameter.empty]


def bind(signature: inspect.Signature, *, action: Action, demo: Demo) -> Binding | Diagnostic:
    """Decide how the action's callable is called, or say at `generator` why that cannot be.

    Where the action leaves `inputs` out, those that parameters name are tried first, then all of the demo's.
    """
    failures: list[Diagnostic] = []
    for inputs in _candidates(signature, action=action, demo=demo):
        outcome = _bind_inputs(inputs, signature=signature, action=action, demo=demo)
        if isinstance(outcome, Binding):
            return outcome
        failures.append(outcome)
    return failures[0]


def arguments(
    binding: Binding,
    *,
    values: Mapping[str, Any],
    constants: Mapping[str, Any],
    state: Mapping[str, Any],
    liked: Mapping[str, Any],
    filled: Filled,
) -> tuple[list[Any], dict[str, Any]]:
    """Return the positional and the keyword arguments of one call; KeyError where a value is missing."""
    sources: dict[ArgumentSource, Mapping[str, Any]] = {
        "input": values,
        "constant": constants,
        "state": state,
        "liked": liked,
        **dict.fromkeys(TOOL_FILLED, filled),
    }
    positional: list[Any] = []
    by_keyword: dict[str, Any] = {}
    for argument in binding.arguments:
        value = sources[argument.source][argument.name]
        if argument.parameter is None:
            positional.append(value)
        else:
            by_keyword[argument.parameter] = value
    return positional, by_keyword


def is_personal(binding: Binding) -> bool:
    """Return whether the function is given the session, by which it knows the visitor."""
    return any(argument.source == SESSION for argument in binding.arguments)


def may_fill(parameter: inspect.Parameter) -> bool:
    """Return whether gradstream may fill a parameter that has one of its names.

    `session=requests.Session()` is a connection of the function's own.
    """
    return parameter.name != SESSION or parameter.default in (None, inspect.Parameter.empty)


def is_request(annotation: Any) -> bool:
    """Return whether a parameter takes the request itself in another tool, as `request: gr.Request` does."""
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return name.rpartition(".")[2] == "Request"


def _candidates(signature: inspect.Signature, *, action: Action, demo: Demo) -> Iterator[tuple[str, ...]]:
    if action.inputs_given:
        yield action.inputs
        return
    every = tuple(each.name for each in demo.inputs if each.name not in action.constants)
    plan = _Plan(signature)
    message = demo.chat.message if demo.chat and demo.chat.action == action.name else None
    named = tuple(name for name in every if name in plan.named or name == message)
    takes_anything = plan.takes_any_name or plan.takes_more
    is_named = any(name in plan.named for name in every)
    if is_named and named != every and not takes_anything:
        yield named
    yield every
    if every and not is_named:
        yield named


def _bind_inputs(
    inputs: tuple[str, ...], *, signature: inspect.Signature, action: Action, demo: Demo
) -> Binding | Diagnostic:
    plan = _Plan(signature)
    failure = _claim_constants(plan, action=action)
    if failure is not None:
        return failure
    unmatched = _claim_names(plan, inputs, source="input")
    unmatched_state = _claim_names(plan, tuple(demo.state), source="state")
    for name in TOOL_FILLED:
        if name in plan.named and name not in plan.claims and may_fill(plan.named[name]):
            plan.claims[name] = (name, name)
    if demo.chat is not None and demo.chat.like == action.name:
        rest = _fill(plan, _claim_names(plan, LIKED, source="liked"), source="liked")
        if rest:
            return _too_many(rest, plan=plan, action=action, chat=demo.chat)
    matched = len(inputs) - len(unmatched)
    if demo.chat is not None and demo.chat.output in action.outputs:
        unmatched = _claim_history(plan, unmatched, states=len(unmatched_state), chat=demo.chat)
    left_over = _fill(plan, unmatched, source="input")
    if left_over:
        return _too_many(left_over, plan=plan, action=action, chat=demo.chat)
    _fill(plan, unmatched_state, source="state")
    if plan.missing():
        return _missing(plan, inputs=inputs, action=action)
    outputs = action.outputs if action.outputs_given else tuple(each.name for each in demo.outputs)
    return _finish(
        plan,
        action=action,
        inputs=inputs,
        outputs=outputs,
        warnings=_mixed(plan, action=action) if matched else (),
    )


def _claim_constants(plan: _Plan, *, action: Action) -> Diagnostic | None:
    for name in action.constants:
        parameter = plan.named.get(name)
        if parameter is not None and parameter.kind in BY_KEYWORD:
            plan.claims[name] = ("constant", name)
        elif plan.takes_any_name:
            plan.extra_keyword.append(("constant", name))
        else:
            return _no_parameter(name, plan=plan, action=action)
    return None


def _claim_names(plan: _Plan, names: tuple[str, ...], *, source: ArgumentSource) -> list[str]:
    """Give each name the parameter of the same name, and return the names that have none."""
    unmatched = []
    for name in names:
        if name in plan.named and name not in plan.claims:
            plan.claims[name] = (source, name)
        else:
            unmatched.append(name)
    return unmatched


def _claim_history(plan: _Plan, names: list[str], *, states: int, chat: Chat) -> list[str]:
    """Give the history its parameter, and return the names without a message that needs none.

    The history takes a parameter that no input, constant or state value needs, the second place first. Where
    it has the message, that goes by itself only to a parameter before it, or to one that must have a value.
    """
    is_spare = chat.hands_over_whole and chat.message in names
    is_claimed = ("history", "history") in plan.claims.values()
    free = plan.free()
    if not is_claimed and (len(free) > len(names) + states or (is_spare and len(names) == len(free) == 1)):
        parameter = _place_of_history(plan)
        if parameter is not None:
            plan.claims[parameter.name] = ("history", "history")
            is_claimed = True
    if not (is_spare and is_claimed) or plan.takes_any_name or plan.takes_more:
        return names
    needed = len(names) + states
    if len(plan.free()) >= needed and (_is_free_before_history(plan) or len(plan.missing()) >= needed):
        return names
    return [name for name in names if name != chat.message]


def _place_of_history(plan: _Plan) -> inspect.Parameter | None:
    """Return the free parameter that a history fits best: one without a default, or with an empty one."""
    fitting = [each for each in plan.free() if _may_be_history(each.default)]
    second = list(plan.named.values())[1:2]
    return next((each for each in (*second, *fitting) if each in fitting), None)


def _may_be_history(default: Any) -> bool:
    is_empty_list = isinstance(default, list | tuple) and not default
    return default is None or default is inspect.Parameter.empty or is_empty_list


def _is_free_before_history(plan: _Plan) -> bool:
    names = list(plan.named)
    place = next(name for name, claim in plan.claims.items() if claim[0] == "history")
    return any(each.name not in plan.claims for each in list(plan.named.values())[: names.index(place)])


def _fill(plan: _Plan, names: list[str], *, source: ArgumentSource) -> list[str]:
    """Give names the free parameters in order, the rest to `**kwargs` or `*args`; return the others."""
    free = [
        parameter
        for parameter in plan.free()
        if not plan.takes_any_name or parameter.default is inspect.Parameter.empty
    ]
    if plan.takes_more:
        free = [parameter for parameter in free if parameter.kind in BY_POSITION]
    for name, parameter in zip(names, free, strict=False):
        plan.claims[parameter.name] = (source, name)
        plan.filled.append((name, parameter.name))
    rest = names[len(free) :]
    if plan.takes_any_name:
        plan.extra_keyword += [(source, name) for name in rest]
        return []
    if plan.takes_more:
        plan.extra_positional += [(source, name) for name in rest]
        return []
    return rest


def _finish(
    plan: _Plan,
    *,
    action: Action,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    warnings: tuple[Diagnostic, ...],
) -> Binding | Diagnostic:
    made: list[Argument] = []
    skipped: str | None = None
    for parameter in plan.named.values():
        claim = plan.claims.get(parameter.name)
        by_position = parameter.kind is inspect.Parameter.POSITIONAL_ONLY or (
            bool(plan.extra_positional) and parameter.kind in BY_POSITION
        )
        if claim is None:
            skipped = parameter.name if by_position else skipped
            continue
        if by_position and skipped is not None:
            return _unreachable(parameter.name, action=action, skipped=skipped)
        made.append(
            Argument(parameter=None if by_position else parameter.name, source=claim[0], name=claim[1])
        )
    made += [Argument(parameter=None, source=source, name=name) for source, name in plan.extra_positional]
    made += [Argument(parameter=name, source=source, name=name) for source, name in plan.extra_keyword]
    binding = Binding(arguments=tuple(made), inputs=inputs, outputs=outputs, warnings=warnings)
    return _let_python_decide(binding, signature=plan.signature, action=action)


def _let_python_decide(
    binding: Binding, *, signature: inspect.Signature, action: Action
) -> Binding | Diagnostic:
    positional = [each for each in binding.arguments if each.parameter is None]
    by_keyword = {each.parameter: each for each in binding.arguments if each.parameter is not None}
    try:
        signature.bind(*positional, **by_keyword)
    except TypeError as error:
        return _failure(
            f"`{action.generator.text}` cannot be called with these inputs: {error}", action=action
        )
    return binding


def _failure(
    message: str, *, action: Action, expected: str = "", found: str = "", repair: str = ""
) -> Diagnostic:
    return Diagnostic(
        span=action.generator.span,
        code="E-SIGNATURE",
        message=message,
        expected=expected,
        found=found,
        repair=repair,
    )


def _missing(plan: _Plan, *, inputs: tuple[str, ...], action: Action) -> Diagnostic:
    name = plan.missing()[0]
    near = guess(name, inputs)
    repair = f"add an input `{name}`, or give it a value under `with`, or give the parameter a default"
    if is_request(plan.named[name].annotation):
        repair = (
            f"rename the parameter `{name}` to `{SESSION}`: that is given the visitor's `id`, `language` and "
            "`headers`, those that `access: headers:` lists"
        )
    elif near:
        repair = f"rename the input `{near}` to `{name}`, or {repair}"
    return _failure(
        f"`{action.generator.text}` needs `{name}`, and nothing fills it",
        action=action,
        expected=f"an input for each parameter without a default: {all_of(_required(plan))}",
        found=f"the inputs {all_of(inputs)}" if inputs else "no inputs",
        repair=repair,
    )


def _too_many(names: list[str], *, plan: _Plan, action: Action, chat: Chat | None) -> Diagnostic:
    noun = "input" if len(names) == 1 else "inputs"
    parameters = tuple(plan.named)
    repair = f"add a parameter `{names[0]}` to the function, or remove the input"
    if chat is not None and names == [chat.message] and "history" in plan.named:
        key = "remove `history: before`" if chat.yields == "conversation" else "write `yields: conversation`"
        whole = f"{key} below `{chat.output}`"
        repair = f"{whole} if `history` is to have the message, {repair}"
    return _failure(
        f"`{action.generator.text}` has no parameter for the {noun} {all_of(names)}",
        action=action,
        expected=f"no more inputs than the parameters {all_of(parameters)}"
        if parameters
        else "no inputs: the function has no parameters",
        found=f"{all_of(names)} left over",
        repair=repair,
    )


def _no_parameter(name: str, *, plan: _Plan, action: Action) -> Diagnostic:
    takers = [each.name for each in plan.named.values() if each.kind in BY_KEYWORD]
    near = guess(name, takers)
    return _failure(
        f"`{action.generator.text}` has no parameter `{name}`, which `with` gives it",
        action=action,
        expected=f"one of {all_of(takers)}" if takers else "no `with`: no parameter can be given by name",
        found=f"`{name}`",
        repair=f"write `{near}` instead of `{name}` under `with`"
        if near
        else f"remove `{name}` from `with`, or add a parameter of that name",
    )


def _unreachable(name: str, *, action: Action, skipped: str) -> Diagnostic:
    return _failure(
        f"`{action.generator.text}` takes `{name}` by position only after `{skipped}`, which nothing fills",
        action=action,
        expected=f"an input for `{skipped}`",
        found="none",
        repair=f"add an input `{skipped}`, or let the function take `{name}` by name",
    )


def _mixed(plan: _Plan, *, action: Action) -> tuple[Diagnostic, ...]:
    """Warn where some inputs went by name and others by position: a typo looks just like that."""
    filled = [(name, parameter) for name, parameter in plan.filled if plan.claims[parameter][0] == "input"]
    if not filled:
        return ()
    places = ", ".join(f"`{name}` goes into `{parameter}`" for name, parameter in filled)
    name, parameter = filled[0]
    return (
        Diagnostic(
            span=action.generator.span,
            code="W-BINDING-MIXED",
            severity="warning",
            message=f"`{action.generator.text}` takes some inputs by name and others by position: {places}",
            expected="inputs that all have the names of parameters, or none that has",
            found=f"no parameter named `{name}`",
            repair=f"rename the input `{name}` to `{parameter}` if that is what is meant",
        ),
    )


def _required(plan: _Plan) -> list[str]:
    return [each.name for each in plan.named.values() if each.default is inspect.Parameter.empty]
