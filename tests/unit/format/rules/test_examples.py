"""Examples come as a list, by name or from a CSV file, and are always complete."""

from pathlib import Path

from tests.unit.format.demos import codes_of, demo_of, read_demo

YAML = """\
gradstream: 1
generator: studio.anything
inputs:
  prompt: text
  steps: {type: slider, maximum: 10}
  scale: {type: number, default: 1.5}
  loud: checkbox
  styles: {type: dropdown, choices: [oil, ink, 3], multiple: true}
  photo: image
outputs:
  answer: text
"""
DEFAULTS: dict[str, object] = {
    "prompt": None,
    "steps": 0,
    "scale": 1.5,
    "loud": False,
    "styles": [],
    "photo": None,
}


def test_a_list(tmp_path: Path) -> None:
    """Each mapping is an example, labelled by what it gives, with defaults for the rest."""
    demo = demo_of(tmp_path, YAML + "examples:\n- prompt: a cat\n  loud: true\n- steps: 5\n- {}\n")
    assert [each.label for each in demo.examples] == ["a cat · Loud on", "Steps 5", "defaults"]
    assert demo.examples[0].inputs == {**DEFAULTS, "prompt": "a cat", "loud": True}
    assert demo.examples[2].inputs == DEFAULTS


def test_a_mapping_by_name(tmp_path: Path) -> None:
    """The names are the labels."""
    demo = demo_of(tmp_path, YAML + "examples:\n  quick:\n    steps: 1\n  2:\n    scale: 3\n")
    assert [each.label for each in demo.examples] == ["quick", "2"]
    assert demo.examples[1].inputs == {**DEFAULTS, "scale": 3.0}
    assert isinstance(demo.examples[1].inputs["scale"], float)


def test_a_csv_file(tmp_path: Path) -> None:
    """Cells become values of their input's kind, and an empty cell is the default."""
    (tmp_path / "set.csv").write_text(
        '\ufeffprompt,steps,scale,loud,styles\n"a cat, asleep",3,2,TRUE,oil;3\n,,,,\n5,,0.5,false,\n',
        encoding="utf-8",
    )
    demo = demo_of(tmp_path, YAML + "examples: set.csv\n")
    assert [each.inputs for each in demo.examples] == [
        {**DEFAULTS, "prompt": "a cat, asleep", "steps": 3, "scale": 2.0, "loud": True, "styles": ["oil", 3]},
        {**DEFAULTS, "prompt": "5", "scale": 0.5},
    ]


def test_csv_files_that_cannot_be_used(tmp_path: Path) -> None:
    """A file that is missing, too large, no text, no CSV or empty is told at `examples`."""
    (tmp_path / "large.csv").write_bytes(b"prompt\n" + b"x" * 2**20)
    (tmp_path / "binary.csv").write_bytes(b"prompt\n\xff\n")
    (tmp_path / "torn.csv").write_text('prompt\n"never closed\n')
    (tmp_path / "empty.csv").write_text("\n\n")
    for name in ("missing", "large", "binary", "torn", "empty"):
        assert codes_of(tmp_path, f"{YAML}examples: {name}.csv\n") == [("E-EXAMPLES-FILE", 12)]


def test_a_csv_file_is_told_with_its_line(tmp_path: Path) -> None:
    """What does not fit in a row is told with the line of the CSV file."""
    (tmp_path / "set.csv").write_text("steps\n1\n11\n")
    (mistake,) = read_demo(tmp_path, YAML + "examples: set.csv\n").diagnostics
    assert mistake.message.startswith("set.csv, line 3: ")


def test_examples_must_fit(tmp_path: Path) -> None:
    """Unknown inputs and values out of range are told at their own lines."""
    yaml = YAML + "examples:\n- prompt: 5\n  stepps: 3\n- styles: [oil, water]\n"
    assert codes_of(tmp_path, yaml) == [("E-EXAMPLE", 13), ("E-UNKNOWN-INPUT", 14), ("E-EXAMPLE", 15)]


def test_a_name_that_no_system_allows(tmp_path: Path) -> None:
    """It names no file of the catalog, and ends nothing but this demo."""
    assert ("E-OUTSIDE", 12) in codes_of(tmp_path, YAML + 'examples: "a\\0.csv"\n')
