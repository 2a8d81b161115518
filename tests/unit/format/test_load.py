"""A sound document becomes a demo with nothing left out, and an unsound one becomes diagnostics."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.components.registry import KINDS
from gradstream.document.read import read_text
from gradstream.format.draft import DemoPlace
from gradstream.format.load import load_demo
from gradstream.format.schema.validators import load_schemas
from gradstream.format.types import Chat, Demo, Live, OnDisconnect, RunLimits, WorkerOptions
from tests.effort import examples
from tests.unit.format.chain import departures_both_ways
from tests.unit.format.demos import codes_of, demo_of, read_demo

MINIMAL = "gradstream: 1\ngenerator: studio.echo\ninputs:\n  text: text\noutputs:\n  answer: text\n"
WITH_INPUTS = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\ninputs:\n"


def test_a_minimal_demo(tmp_path: Path) -> None:
    """What is left out has its stated default."""
    demo = demo_of(tmp_path, MINIMAL)
    assert (demo.title, demo.address, demo.source) == ("Sketch", "sketch", MINIMAL)
    (action,) = demo.actions
    assert (action.name, action.button, action.inputs, action.outputs) == (
        "run",
        "Run",
        ("text",),
        ("answer",),
    )
    assert (action.live, action.every_s, action.on_open, action.constants) == (None, None, False, {})
    assert action.generator.span.line == 2
    assert (demo.limits, demo.worker) == (RunLimits(), WorkerOptions())
    assert (demo.on_disconnect, demo.on_lost) == (30.0, 600.0)
    assert (demo.outputs[0].streaming, demo.outputs[0].updates) == (True, "replace")


def test_steps_of_sound_and_video_are_chunks_when_nothing_is_said(tmp_path: Path) -> None:
    """They are added to one another by default, and are whole clips where the file says so."""
    outputs = "outputs:\n  a: audio\n  b: video\n  c:\n    type: video\n    updates: replace\n"
    demo = demo_of(tmp_path, "gradstream: 1\ngenerator: studio.nothing\n" + outputs)
    assert [each.updates for each in demo.outputs] == ["append", "append", "replace"]
    assert demo.outputs[0].options == {
        "as": "path",
        "codec": "auto",
        "download": "wav",
        "autoplay": False,
        "on_bad_chunk": "fail",
    }


@pytest.mark.parametrize(
    ("keys", "channels"),
    [
        ("", None),
        (", bytes: pcm_s16le, rate: 24000", 1),
        (", bytes: pcm_s16le, rate: 24000, channels: 2", 2),
    ],
)
def test_a_default_about_another_key_needs_that_key(tmp_path: Path, keys: str, channels: int | None) -> None:
    """The channels of raw samples are nothing where no samples are raw."""
    outputs = f"outputs:\n  a: {{type: audio{keys}}}\n"
    (sound,) = demo_of(tmp_path, "gradstream: 1\ngenerator: studio.nothing\n" + outputs).outputs
    assert sound.options.get("channels") == channels


def test_labels_come_from_names(tmp_path: Path) -> None:
    """A label that is not given is the name as words."""
    demo = demo_of(tmp_path, WITH_INPUTS + "  max_length: number\n  b:\n    type: text\n    label: Own\n")
    assert [each.label for each in demo.inputs] == ["Max length", "Own"]


@pytest.mark.parametrize(
    ("keys", "integer", "default"),
    [
        ("number", None, None),
        ("{type: number, default: 3}", True, 3),
        ("{type: number, default: 3.0}", False, 3.0),
        ("{type: number, minimum: 0, step: 0.5, default: 3}", False, 3.0),
        ("{type: number, maximum: 2.5}", None, None),
        ("{type: number, minimum: 1}", True, None),
        ("{type: number, integer: true}", True, None),
        ("{type: number, integer: false, default: 3}", False, 3.0),
        ("slider", True, 0),
        ("{type: slider, minimum: 2, maximum: 9}", True, 2),
        ("{type: slider, minimum: 0.5, maximum: 9}", False, 0.5),
        ("{type: slider, maximum: 1, step: 0.1}", False, 0.0),
        ("{type: slider, minimum: 1, maximum: 10, default: 3}", True, 3),
    ],
)
def test_numbers_arrive_as_written(
    tmp_path: Path, keys: str, *, integer: bool | None, default: float | None
) -> None:
    """Whole minimum, step and default make an int; a slider without default starts at its minimum."""
    (field,) = demo_of(tmp_path, f"{WITH_INPUTS}  n: {keys}\n").inputs
    assert field.options["integer"] is integer
    assert field.default == default
    assert type(field.default) is type(default)


@pytest.mark.parametrize(
    ("keys", "default"),
    [
        ("text", None),
        ("checkbox", False),
        ("{type: radio, choices: [a, b]}", None),
        ("{type: dropdown, choices: [a, b], multiple: true}", []),
        ("{type: dropdown, choices: [a, b], default: b}", "b"),
        ("image", None),
        ("audio", None),
        ("video", None),
    ],
)
def test_defaults_of_kinds(tmp_path: Path, keys: str, default: object) -> None:
    """Each kind has the default that its page needs."""
    (field,) = demo_of(tmp_path, f"{WITH_INPUTS}  x: {keys}\n").inputs
    assert field.default == default


def test_choices_have_one_form(tmp_path: Path) -> None:
    """Plain values and mappings come out alike, each value with its own type."""
    yaml = (
        WITH_INPUTS
        + "  x:\n    type: radio\n    choices: [a, 3, true, {value: 2.5, label: Half, description: d}]\n"
    )
    (field,) = demo_of(tmp_path, yaml).inputs
    assert field.options["choices"] == [
        {"value": "a", "label": "a", "description": None},
        {"value": 3, "label": "3", "description": None},
        {"value": True, "label": "true", "description": None},
        {"value": 2.5, "label": "Half", "description": "d"},
    ]


def test_units_are_read_once(tmp_path: Path) -> None:
    """Times are seconds and sizes are bytes from here on."""
    yaml = MINIMAL.replace(
        "text: text", "text: text\n  photo:\n    type: image\n    max_size: 5MB\n    accept: .png", 1
    )
    yaml = yaml.replace("echo", "anything")
    yaml += "limits: {timeout: 2min, grace: 150ms, concurrency: 1, queue: 0}\non_disconnect: 1h\nevery: 5s\n"
    demo = demo_of(tmp_path, yaml)
    assert demo.limits == RunLimits(concurrency=1, queue=0, timeout_s=120.0, grace_s=0.15)
    assert (demo.on_disconnect, demo.actions[0].every_s) == (3600.0, 5.0)
    assert demo.inputs[1].options["max_size"] == 5_000_000
    assert demo.inputs[1].options["accept"] == [".png"]


@pytest.mark.parametrize(
    ("written", "on_lost"),
    [
        ("on_disconnect: stop", 600.0),
        ("on_disconnect: 1h", 3600.0),
        ("on_disconnect: keep", "keep"),
        ("on_lost: 1s", 1.0),
        ("on_lost: stop", "stop"),
        ("on_disconnect: keep\non_lost: 20min", 1200.0),
    ],
)
def test_a_silent_reader_is_waited_for_no_shorter_than_one_that_left(
    tmp_path: Path, written: str, on_lost: OnDisconnect
) -> None:
    """Unless the file says how long: then as it says."""
    assert demo_of(tmp_path, f"{MINIMAL}{written}\n".replace("echo", "anything")).on_lost == on_lost


@pytest.mark.parametrize(
    ("written", "live"),
    [
        ("live: true", Live()),
        ("live: false", None),
        ("live: {after: 150ms, inputs: [text]}", Live(after_s=0.15, inputs=("text",))),
    ],
)
def test_live(tmp_path: Path, written: str, live: Live | None) -> None:
    """Live is a yes, or says how long to wait and for which inputs."""
    assert demo_of(tmp_path, f"{MINIMAL}{written}\n").actions[0].live == live


def test_actions(tmp_path: Path) -> None:
    """Each action takes what its parameters name, and fills all outputs when it does not say which."""
    demo = demo_of(
        tmp_path,
        """\
gradstream: 1
actions:
  so_far:
    generator: studio.total
  echo:
    button: Say it
    generator: studio.echo
    outputs: [answer]
    with: {}
  none:
    generator: studio.nothing
inputs: {limit: number, text: text}
outputs: {answer: text, other: text}
state: {total: 0}
""",
    )
    so_far, echo, none = demo.actions
    assert (so_far.button, so_far.inputs, so_far.outputs) == ("So far", ("limit",), ("answer", "other"))
    assert (echo.button, echo.inputs, echo.outputs) == ("Say it", ("text",), ("answer",))
    assert none.inputs == ()
    assert demo.state == {"total": 0}


def test_an_action_whose_function_cannot_be_seen_is_left_open(tmp_path: Path) -> None:
    """What its parameters name is decided when it is imported."""
    demo = demo_of(
        tmp_path,
        "gradstream: 1\nactions:\n  go:\n    generator: json.dumps\ninputs: {a: text}\noutputs: {b: text}\n",
    )
    assert demo.actions[0].inputs == ("a",)


@pytest.mark.parametrize(
    ("inputs", "chat"),
    [
        ("  pace: number\n  prompt: text\n", Chat(output="chat", message="prompt", action="run")),
        ("  system: text\n  message: text\n", Chat(output="chat", message="message", action="run")),
        ("  pace: number\n", Chat(output="chat")),
    ],
)
def test_chat(tmp_path: Path, inputs: str, chat: Chat) -> None:
    """The message is the text input of that name, else the first text input; without one nobody writes."""
    yaml = WITH_INPUTS.replace("answer: text", "chat: chat") + inputs
    assert demo_of(tmp_path, yaml).chat == chat


CHAT_ACTIONS = """\
gradstream: 1
inputs:
  message: text
outputs:
  chat:
    type: chat
    yields: conversation
actions:
"""


@pytest.mark.parametrize(
    ("actions", "answering", "inputs"),
    [
        (["begin: on_open", "reply: inputs: [message]"], "reply", ("message",)),
        (["begin: on_open", "reply: inputs: []"], "reply", ("message",)),
        (["begin: on_open", "reply: button: Go"], "reply", ("message",)),
        (["begin: on_open"], None, ()),
    ],
)
def test_which_action_answers(
    tmp_path: Path, actions: list[str], answering: str | None, inputs: tuple[str, ...]
) -> None:
    """The first that fills the chat, takes the message and waits; a whole conversation has it anyway."""
    (tmp_path / "talk.py").write_text("def on(history):\n    yield history\n")
    yaml = CHAT_ACTIONS
    for name, _, line in (each.partition(": ") for each in actions):
        keys = "on_open: true\n    inputs: []" if line == "on_open" else line
        yaml += f"  {name}:\n    generator: talk.on\n    {keys}\n"
    demo = demo_of(tmp_path, yaml)
    assert demo.chat is not None
    assert demo.chat.action == answering
    assert [each.inputs for each in demo.actions if each.name == answering] == [inputs][: len(inputs)]


def test_the_revision_changes_with_what_is_shown(tmp_path: Path) -> None:
    """A changed label is another revision; a changed secret is not, because nobody sees it."""
    first = demo_of(tmp_path, MINIMAL).revision
    assert demo_of(tmp_path, MINIMAL).revision == first
    assert demo_of(tmp_path, MINIMAL.replace("text: text", "text: {type: text, label: T}")).revision != first
    yaml = MINIMAL.replace("echo", "anything") + "with:\n  token: ${TOKEN}\n"
    place = DemoPlace(address="sketch", file="sketch.yaml", folder=str(tmp_path), root=str(tmp_path))
    revisions = set()
    for token in ("first", "second"):
        demo = load_demo(read_text(yaml, file="f", environ={"TOKEN": token}), place=place, kinds=KINDS).demo
        assert demo is not None
        assert demo.actions[0].constants == {"token": token}
        assert demo.secrets == (token,)
        revisions.add(demo.revision)
    assert len(revisions) == 1


def test_a_demo_crosses_to_the_worker_unchanged(tmp_path: Path) -> None:
    """What is loaded can be sent and read again."""
    demo = demo_of(tmp_path, MINIMAL)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(demo), type=Demo) == demo


@pytest.mark.parametrize(
    ("marker", "codes"),
    [
        ("2", [("E-FORMAT-VERSION", 1)]),
        ("0", [("W-FORMAT-VERSION", 1)]),
        ("-1", [("E-CHOICE", 1)]),
        ("true", [("E-TYPE", 1)]),
        ("'1'", [("E-TYPE", 1)]),
    ],
)
def test_the_format_s_version(tmp_path: Path, marker: str, codes: list[tuple[str, int]]) -> None:
    """A later format is refused at once, an older one is read with a warning."""
    assert codes_of(tmp_path, MINIMAL.replace("gradstream: 1", f"gradstream: {marker}")) == codes


def test_a_later_format_names_the_command_that_upgrades(tmp_path: Path) -> None:
    """Whoever has too old a gradstream is told what to type."""
    (mistake,) = read_demo(tmp_path, MINIMAL.replace("gradstream: 1", "gradstream: 2")).diagnostics
    assert "pip install --upgrade gradstream" in mistake.repair


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """One reading shows everything: syntax of values, keys, rules, examples and the generator."""
    yaml = (
        "gradstream: 1\ntitel: x\ngenerator: studio.ecko\ninputs:\n  n:\n    type: slider\n    default: 200\n"
        "  t: txt\noutputs:\n  answer: text\nexamples:\n- m: 1\nlayout: [nowhere]\ntags: ${NOBODY}\n"
    )
    assert codes_of(tmp_path, yaml) == [
        ("E-UNKNOWN-KEY", 2),
        ("E-NO-ATTRIBUTE", 3),
        ("E-DEFAULT", 7),
        ("E-UNKNOWN-KIND", 8),
        ("E-UNKNOWN-INPUT", 12),
        ("E-UNKNOWN-NAME", 13),
        ("E-VARIABLE-MISSING", 14),
    ]


def test_one_mistake_is_one_finding(tmp_path: Path) -> None:
    """What follows from a mistake is not told beside it."""
    yaml = (
        MINIMAL.replace("text: text", "text: txt").replace("generator", "fn") + "examples:\n- text: hello\n"
    )
    assert [code for code, _ in codes_of(tmp_path, yaml)] == ["E-UNKNOWN-KEY", "E-UNKNOWN-KIND"]


def test_a_title_survives_mistakes(tmp_path: Path) -> None:
    """A broken demo is listed under its own title."""
    assert read_demo(tmp_path, "gradstream: 1\ntitle: Mine\n").title == "Mine"


KEYS = sorted(load_schemas().demo.schema["properties"])
NAMES = st.sampled_from(["a", "text", "class", "x y", "", "type", "choices", "default", "minimum", *KEYS])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10),
    st.floats(-2, 20, allow_nan=False),
    st.sampled_from(
        ["text", "slider", "radio", "studio.echo", "a", "5s", "20MB", "studio.csv", "keep", "\0", ""]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
DEMOS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8).map(lambda keys: {**keys, "gradstream": 1})


@settings(max_examples=examples(200))
@given(DEMOS)
def test_no_document_breaks_the_loader(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    """Whatever the values, there is a demo without errors, or an error and no demo."""
    folder = tmp_path_factory.getbasetemp()
    loaded = read_demo(folder, json.dumps(values))
    assert (loaded.demo is None) is any(each.is_error for each in loaded.diagnostics)


@settings(max_examples=examples(200))
@given(DEMOS)
def test_engine_and_editors_agree_on_every_document(values: dict[str, object]) -> None:
    """The chain and the straight way find fault in the same places, whatever the document."""
    by_chain, straight = departures_both_ways(values)
    assert by_chain == straight
