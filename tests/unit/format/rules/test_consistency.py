"""The rules that no schema can say; most have their case in tests/examples."""

from pathlib import Path

from tests.unit.format.demos import codes_of, demo_of

DEMO = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  answer: text\n"


def test_a_thumbnail_stays_in_the_catalog(tmp_path: Path) -> None:
    """A picture that is served must be below the catalog's folder, links followed."""
    root = tmp_path / "lab"
    root.mkdir()
    (tmp_path / "outside.png").write_bytes(b"")
    (root / "inside.png").write_bytes(b"")
    (root / "link.png").symlink_to(tmp_path / "outside.png")
    assert demo_of(root, DEMO + "thumbnail: inside.png\n").thumbnail == "inside.png"
    for name in ("../outside.png", "link.png"):
        assert codes_of(root, f"{DEMO}thumbnail: {name}\n") == [("E-OUTSIDE", 5)]


def test_a_number_may_be_fixed_and_a_slider_not(tmp_path: Path) -> None:
    """A range of a single number leaves nothing to drag."""
    fixed = "inputs:\n  n: {type: KIND, minimum: 3, maximum: 3}\n"
    assert codes_of(tmp_path, DEMO + fixed.replace("KIND", "number")) == []
    assert codes_of(tmp_path, DEMO + fixed.replace("KIND", "slider")) == [("E-RANGE", 6)]


def test_a_minimum_above_the_usual_maximum(tmp_path: Path) -> None:
    """A slider's bounds count with their defaults, and the mistake is told at the one that is written."""
    assert codes_of(tmp_path, DEMO + "inputs:\n  n: {type: slider, minimum: 200}\n") == [("E-RANGE", 6)]


def test_whole_numbers_have_whole_bounds(tmp_path: Path) -> None:
    """With `integer: true` a step of one half can never be."""
    yaml = DEMO + "inputs:\n  n: {type: number, integer: true, minimum: 0.5, step: 0.5}\n"
    assert codes_of(tmp_path, yaml) == [("E-RANGE", 6), ("E-RANGE", 6)]


def test_live_needs_an_input(tmp_path: Path) -> None:
    """What never changes never runs again."""
    assert codes_of(tmp_path, DEMO + "live: true\n") == [("E-LIVE", 5)]


def test_a_constant_may_have_the_name_of_another_action_s_input(tmp_path: Path) -> None:
    """An action that gives a constant of that name does not take the input."""
    yaml = """\
gradstream: 1
actions:
  one:
    generator: studio.echo
    with: {text: fixed}
  two:
    generator: studio.echo
inputs: {text: text}
outputs: {answer: text}
"""
    one, two = demo_of(tmp_path, yaml).actions
    assert (one.inputs, two.inputs) == ((), ("text",))


def test_a_run_has_some_time(tmp_path: Path) -> None:
    """A demo whose every run would fail at once is not good."""
    yaml = "gradstream: 1\ngenerator: studio.anything\noutputs:\n  said: text\nlimits:\n  timeout: 0s\n"
    assert codes_of(tmp_path, yaml) == [("E-RANGE", 6)]
    assert codes_of(tmp_path, yaml.replace("0s", "1s")) == []


def test_a_choice_is_not_cut_in_silence(tmp_path: Path) -> None:
    """What follows a number sign after a space is a comment, in lists that visitors read too."""
    yaml = "gradstream: 1\ngenerator: studio.anything\ninputs:\n  mood:\n    type: dropdown\n    choices:\n"
    outputs = "outputs:\n  said: text\n"
    cut = f"{yaml}      - tired #2\n      - sad  # the usual one\n{outputs}"
    assert codes_of(tmp_path, cut) == [("W-CUT-BY-COMMENT", 7)]
