"""Values find their parameters: by name first, then in file order, and Python has the last word."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gradstream.diagnostics import Diagnostic
from gradstream.format.generator.binding import Binding, arguments, bind
from gradstream.format.types import Chat
from tests.unit.format.demos import SPAN, plain_action, plain_demo, refused, signature_of


def outcome_of(
    function: Callable[..., Any],
    inputs: str,
    *,
    given: str | None = "",
    constants: dict[str, Any] | None = None,
    state: tuple[str, ...] = (),
) -> Binding | Diagnostic:
    """Bind a function to inputs; `given=""` hands over all of them, None lets the parameters decide."""
    action = plain_action(inputs if given == "" else given, constants or {})
    return bind(signature_of(function), action=action, demo=plain_demo(inputs, state=state))


def call(
    function: Callable[..., Any],
    inputs: str,
    *,
    given: str | None = "",
    constants: dict[str, Any] | None = None,
    state: tuple[str, ...] = (),
) -> Any:
    """Call the function as its binding says, each input with its own name as its value."""
    binding = outcome_of(function, inputs, given=given, constants=constants, state=state)
    assert isinstance(binding, Binding), binding
    positional, by_keyword = arguments(
        binding,
        values={name: name for name in inputs.split()},
        constants=constants or {},
        state={name: f"state {name}" for name in state},
        liked={},
        filled={"history": ["earlier"], "progress": "progress", "event": "event", "session": "session"},
    )
    return function(*positional, **by_keyword)


def pair(a: Any, b: Any) -> tuple[Any, Any]:
    """Return both."""
    return a, b


def test_names_match_whatever_their_order() -> None:
    """Inputs go to the parameters of their names."""
    assert call(pair, "b a") == ("a", "b")


def test_without_names_file_order_counts() -> None:
    """Inputs that match no parameter fill them from the first on, without a warning."""
    assert call(pair, "x y") == ("x", "y")
    binding = outcome_of(pair, "x y")
    assert isinstance(binding, Binding)
    assert binding.warnings == ()


def test_both_ways_at_once_give_a_warning() -> None:
    """The warning names which input went where."""
    assert call(pair, "b x") == ("x", "b")
    binding = outcome_of(pair, "b x")
    assert isinstance(binding, Binding)
    (warning,) = binding.warnings
    assert (warning.code, warning.severity, warning.span) == ("W-BINDING-MIXED", "warning", SPAN)
    assert "`x` goes into `a`" in warning.message


def test_keyword_collectors_take_what_does_not_match() -> None:
    """`**kwargs` gets inputs by their own names."""
    assert call(lambda a, **rest: (a, rest), "a b c") == ("a", {"b": "b", "c": "c"})
    assert call(lambda **rest: rest, "x y") == {"x": "x", "y": "y"}


def test_a_required_parameter_goes_before_the_collector() -> None:
    """What must have a value gets one; only the rest is collected, and defaults stay."""
    assert call(lambda prompt, scale=1, **rest: (prompt, scale, rest), "text seed") == (
        "text",
        1,
        {"seed": "seed"},
    )


def test_positional_collectors_take_by_position() -> None:
    """`*args` gets what is left, in file order, and parameters before it keep their inputs."""
    assert call(lambda *rest: rest, "x y") == ("x", "y")
    assert call(lambda a, *rest: (a, rest), "x a y") == ("a", ("x", "y"))


def test_positional_only_parameters() -> None:
    """A parameter that takes no name gets its input by position."""
    assert call(lambda a, b, /, c: (a, b, c), "c b a") == ("a", "b", "c")


def test_a_gap_before_a_positional_only_parameter_is_refused() -> None:
    """An input never slips into the parameter before its own."""

    def function(a: Any = 1, b: Any = 2, /) -> Any:
        return a, b

    assert refused(outcome_of(function, "b")).code == "E-SIGNATURE"


def test_keyword_only_parameters_can_be_filled() -> None:
    """Free keyword-only parameters are filled like others."""
    assert call(lambda *, a, b: (a, b), "x b") == ("x", "b")


def test_constants_go_by_keyword() -> None:
    """`with` reaches its parameter, and no input takes that place."""
    assert call(lambda model, text: (model, text), "x", constants={"model": "small"}) == ("small", "x")
    assert call(lambda **rest: rest, "x", constants={"model": "small"}) == {"x": "x", "model": "small"}


def test_a_constant_without_parameter_is_refused() -> None:
    """A misspelt name under `with` is told with what was meant."""
    mistake = refused(outcome_of(lambda model, text: (model, text), "text", constants={"modell": 1}))
    assert mistake.repair == "write `model` instead of `modell` under `with`"


def test_the_tool_fills_history_and_progress() -> None:
    """Parameters of these names are filled when nothing claims them, and by an input that does."""
    assert call(lambda message, history: (message, history), "prompt") == ("prompt", ["earlier"])
    assert call(lambda history: history, "history") == "history"
    assert call(lambda text, progress=None: (text, progress), "text") == ("text", "progress")
    assert call(lambda text, event: (text, event), "text") == ("text", "event")
    assert call(lambda event: event, "event") == "event"
    assert call(lambda text, session: (text, session), "text") == ("text", "session")
    assert call(lambda text, session=None: (text, session), "text") == ("text", "session")
    assert call(lambda session: session, "session") == "session"


def test_a_session_of_the_functions_own_stays() -> None:
    """A default that is not None is a connection to something else, and no place for a visitor."""
    assert call(lambda text, session="requests": (text, session), "text") == ("text", "requests")


class Request:
    """What another tool hands over."""


def test_a_request_is_a_session_here() -> None:
    """Where a parameter takes the request of another tool, the report says what there is instead."""

    def who(text: str, request: Request) -> str:
        return text + str(request)

    mistake = refused(outcome_of(who, "text"))
    assert mistake.repair == (
        "rename the parameter `request` to `session`: that is given the visitor's `id`, `language` and "
        "`headers`, those that `access: headers:` lists"
    )


def test_state_comes_after_the_inputs_or_by_name() -> None:
    """State finds its parameter by name, or the next one that is free; without one it is not handed over."""
    assert call(lambda total, limit: (limit, total), "limit", state=("total",)) == ("limit", "state total")
    assert call(lambda limit, so_far: (limit, so_far), "limit", state=("total",)) == ("limit", "state total")
    assert call(lambda limit: limit, "limit", state=("total",)) == "limit"
    assert call(lambda **rest: rest, "limit", state=("total",)) == {"limit": "limit", "total": "state total"}


def test_an_action_without_inputs_takes_what_its_parameters_name() -> None:
    """Parameters choose among the inputs; where they name none, all are handed over."""
    assert call(lambda b: b, "a b c", given=None) == "b"
    assert call(lambda x, y: (x, y), "a b", given=None) == ("a", "b")
    assert call(lambda **rest: rest, "a b", given=None) == {"a": "a", "b": "b"}
    assert call(lambda: "nothing", "a b", given=None) == "nothing"


def test_what_was_chosen_is_said() -> None:
    """The binding lists the inputs and outputs that take part."""
    binding = outcome_of(lambda b: b, "a b c", given=None)
    assert isinstance(binding, Binding)
    assert (binding.inputs, binding.outputs) == (("b",), ("answer",))


@pytest.mark.parametrize(
    ("function", "inputs", "message"),
    [
        (pair, "a", "`studio.f` needs `b`, and nothing fills it"),
        (pair, "a b c", "`studio.f` has no parameter for the input `c`"),
        (lambda: 1, "x y", "`studio.f` has no parameter for the inputs `x`, `y`"),
        (lambda *a, b: (a, b), "x", "`studio.f` needs `b`, and nothing fills it"),
    ],
)
def test_what_does_not_fit_is_told_at_the_generator(
    function: Callable[..., Any], inputs: str, message: str
) -> None:
    """A failure names the parameter or the input, at the line of `generator`."""
    mistake = refused(outcome_of(function, inputs))
    assert (mistake.code, mistake.span, mistake.message) == ("E-SIGNATURE", SPAN, message)
    assert all((mistake.expected, mistake.found, mistake.repair))


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5)
KINDS = st.sampled_from(["{0}", "{0}=None"])


@st.composite
def functions(draw: st.DrawFn) -> Callable[..., Any]:
    """Draw a function with parameters of every kind, which returns what it was given."""
    names = draw(NAMES)
    cut, star = sorted((draw(st.integers(0, len(names))), draw(st.integers(0, len(names)))))
    with_default = draw(st.integers(0, len(names)))
    written = [f"{name}=None" if index >= with_default else name for index, name in enumerate(names)]
    parts = written[:star]
    if cut:
        parts.insert(cut, "/")
    collector = draw(st.sampled_from(["", "*rest"]))
    if collector or written[star:]:
        parts.append(collector or "*")
    parts += written[star:]
    if draw(st.booleans()):
        parts.append("**named")
    scope: dict[str, Any] = {}
    exec(f"def function({', '.join(parts)}): return locals()", scope)  # noqa: S102 (made of letters above)
    made: Callable[..., Any] = scope["function"]
    return made


@given(functions(), NAMES, st.sampled_from(["", None]))
def test_a_binding_can_always_be_called(
    function: Callable[..., Any], names: list[str], given_inputs: str | None
) -> None:
    """Whatever signature and inputs: a diagnostic, or a call that Python takes and that keeps every name."""
    inputs = " ".join(names)
    outcome = outcome_of(function, inputs, given=given_inputs)
    if isinstance(outcome, Diagnostic):
        assert outcome.code == "E-SIGNATURE"
        return
    received = call(function, inputs, given=given_inputs)
    for name in set(names) & set(received) & set(outcome.inputs):
        assert received[name] == name
    handed = [*received.values(), *received.get("named", {}).values(), *received.get("rest", ())]
    assert all(name in handed for name in outcome.inputs)


WHOLE = Chat(output="answer", message="message", action="run", yields="conversation")
REPLY = Chat(output="answer", message="message", action="run")
BEFORE = Chat(output="answer", message="message", action="run", yields="conversation", history="before")


def parts(source: str, inputs: str, chat: Chat, *, given: bool, state: tuple[str, ...] = ()) -> str:
    """Return each parameter of a function with what it is given."""
    action = replace(plain_action(inputs if given else None, {}), outputs=("answer",))
    demo = replace(plain_demo(inputs, state=state), chat=chat)
    outcome = bind(signature_of(eval(f"lambda {source}: 0")), action=action, demo=demo)  # noqa: S307
    if isinstance(outcome, Diagnostic):
        return outcome.repair
    assert "message" in outcome.inputs or "message" not in inputs
    return " ".join(f"{each.parameter}={each.name}" for each in outcome.arguments)


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize(
    ("source", "inputs", "chat", "expected"),
    [
        ("history", "message", WHOLE, "history=history"),
        ("messages", "message", WHOLE, "messages=history"),
        ("history, warmth", "message warmth", WHOLE, "history=history warmth=warmth"),
        ("talk, warmth", "message warmth", WHOLE, "talk=history warmth=warmth"),
        ("talk, warmth=0.5", "message", WHOLE, "talk=history"),
        ("history, warmth=0.5", "message", WHOLE, "history=history"),
        ("history, warmth, loud=False", "message heat", WHOLE, "history=history warmth=heat"),
        ("history, prompt", "message", WHOLE, "history=history prompt=message"),
        ("prompt, talk", "message", WHOLE, "prompt=message talk=history"),
        ("prompt, talk, warmth=1", "message heat", WHOLE, "prompt=message talk=history warmth=heat"),
        ("message, talk", "message", REPLY, "message=message talk=history"),
        ("prompt, chat_history", "message", REPLY, "prompt=message chat_history=history"),
        ("message, warmth, talk", "message warmth", REPLY, "message=message warmth=warmth talk=history"),
        ("message, talk, heat", "message warmth", REPLY, "message=message talk=history heat=warmth"),
        ("message, talk=None", "message", REPLY, "message=message talk=history"),
        ("message, talk=[]", "message", REPLY, "message=message talk=history"),
        ("message, warmth=0.5", "message", REPLY, "message=message"),
        ("prompt", "message", REPLY, "prompt=message"),
        ("prompt", "message", BEFORE, "prompt=message"),
        ("message, talk", "message", BEFORE, "message=message talk=history"),
        ("talk", "", Chat(output="answer"), "talk=history"),
        (
            "history",
            "message",
            REPLY,
            (
                "write `yields: conversation` below `answer` if `history` is to have the message, "
                "add a parameter `message` to the function, or remove the input"
            ),
        ),
    ],
)
def test_a_conversation_finds_its_parameters(
    source: str, inputs: str, chat: Chat, expected: str, *, given: bool
) -> None:
    """The history goes to `history`, or to what nothing claims; a message within it needs no place."""
    assert parts(source, inputs, chat, given=given) == expected


def test_a_state_value_keeps_its_parameter_beside_a_history() -> None:
    """What a state value needs is not free."""
    assert parts("message, n", "message", REPLY, given=True, state=("total",)) == "message=message n=total"


def test_only_what_fills_the_conversation_is_given_it_by_position() -> None:
    """A parameter of another action that nothing fills is missing, as in any demo."""
    demo = replace(plain_demo("message"), chat=replace(REPLY, output="talk"))
    outcome = bind(signature_of(pair), action=plain_action("message", {}), demo=demo)
    assert "`b`" in refused(outcome).message


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("index, liked", "index=index liked=liked"),
        ("liked, history, index", "liked=liked history=history index=index"),
        ("place, thumb", "place=index thumb=liked"),
        ("**named", "index=index liked=liked"),
        ("index", "add a parameter `liked` to the function, or remove the input"),
    ],
)
def test_the_action_of_likes_is_given_the_index_and_the_opinion(source: str, expected: str) -> None:
    """By name, or else in order, before any input; another action is not."""
    chat = Chat(output="talk", message="message", action="answer", like="run")
    action = replace(plain_action("", {}), outputs=(), outputs_given=True)
    demo = replace(plain_demo("message"), chat=chat)
    outcome = bind(signature_of(eval(f"lambda {source}: 0")), action=action, demo=demo)  # noqa: S307
    if isinstance(outcome, Diagnostic):
        assert outcome.repair == expected
    else:
        assert " ".join(f"{each.parameter}={each.name}" for each in outcome.arguments) == expected
