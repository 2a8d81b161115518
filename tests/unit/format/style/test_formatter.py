"""One style for all files: keys in the order of the docs, block style, comments kept, the same meaning."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gradstream.format.style.formatter import NotFormattableError, format_text
from tests.effort import examples

ROOT = Path(__file__).parents[4]
FILES = sorted([*ROOT.glob("demos/*.yaml"), *ROOT.glob("tests/examples/valid/**/*.yaml")])

CASES = {
    "keys in the order of the docs": (
        """
        generator: f.go
        title: One
        gradstream: 1
        outputs: {}
        inputs: {}
        """,
        """
        gradstream: 1
        title: One
        generator: f.go
        inputs: {}
        outputs: {}
        """,
    ),
    "comments go with the key below them": (
        """
        # yaml-language-server: $schema=demo.schema.json
        gradstream: 1

        # Who runs it.
        generator: f.go  # here

        # What it is called.
        title: One
        # The end.
        """,
        """
        # yaml-language-server: $schema=demo.schema.json
        gradstream: 1

        # What it is called.
        title: One

        # Who runs it.
        generator: f.go  # here
        # The end.
        """,
    ),
    "a component": (
        """
        outputs:
            said:
                # Grows.
                updates: append
                type: text
        inputs:
            size:
                default: 3
                maximum: 9
                minimum: 1
                type: slider
        """,
        """
        inputs:
          size:
            type: slider
            minimum: 1
            maximum: 9
            default: 3
        outputs:
          said:
            type: text
            # Grows.
            updates: append
        """,
    ),
    "names of the author keep their order": (
        """
        inputs:
          z: text
          a: text
        state: {z: 1, a: 2}
        examples:
        - {z: x, a: y}
        - z: only
        """,
        """
        inputs:
          z: text
          a: text
        examples:
          - z: x
            a: y
          - z: only
        state:
          z: 1
          a: 2
        """,
    ),
    "brackets become lines": (
        """
        inputs: {size: {type: slider, step: 1}, kind: {type: radio, choices: [a, "b, c", {value: d}]}}  # all
        limits: {concurrency: 1}   # one
        tags: [a, b]
        """,
        """
        tags: [a, b]
        inputs:  # all
          size:
            type: slider
            step: 1
          kind:
            type: radio
            choices:
              - a
              - "b, c"
              - value: d
        limits:  # one
          concurrency: 1
        """,
    ),
    "JSON": (
        """
        {"gradstream": 1, "inputs": {"a": "text"}, "title": "One", "examples": [{"a": "x"}, {"a": null}]}
        """,
        """
        "gradstream": 1
        "title": "One"
        "inputs":
          "a": "text"
        "examples":
          - "a": "x"
          - "a": null
        """,
    ),
    "a long list": (
        f"""
        tags: [{", ".join(f"tag{number}" for number in range(20))}]
        """,
        "\n        tags:\n" + "".join(f"          - tag{number}\n" for number in range(20)) + "        ",
    ),
    "texts of several lines stay": (
        """
        title: >-
            Two
            lines

            of text
        description: |
            - not a list
              # not a comment
        inputs:
                text:
                    description: "in
                        quotes"
                    type: text
        """,
        """
        title: >-
            Two
            lines

            of text
        description: |
            - not a list
              # not a comment
        inputs:
          text:
            type: text
            description: "in
                quotes"
        """,
    ),
    "anchors keep keys where they are": (
        """
        x-size: &size {type: slider}
        outputs: {}
        inputs:
          a: *size
        """,
        """
        x-size: &size {type: slider}
        outputs: {}
        inputs:
          a: *size
        """,
    ),
    "comments in brackets keep them": (
        """
        tags: [
          a,  # first
          b,
        ]
        title: One
        """,
        """
        title: One
        tags: [
          a,  # first
          b,
        ]
        """,
    ),
    "a comment at the end of a block": (
        """
        outputs:
          said: text
            # more to come
        # at the edge
        inputs:
          text: text
          # another one
        """,
        """
        # at the edge
        inputs:
          text: text
          # another one
        outputs:
          said: text
            # more to come
        """,
    ),
    "lists in lists": (
        """
        examples:
            -   rows:
                - [1, 2]
                -   - 3
                    - 4
        """,
        """
        examples:
          - rows:
              - [1, 2]
              - - 3
                - 4
        """,
    ),
    "blanks at the ends of lines": (
        "\n        title: One   \n        tags: [a]\t\n        ",
        "\n        title: One\n        tags: [a]\n        ",
    ),
}


def dedented(text: str) -> str:
    """Take off what the table above has in front of each line."""
    return re.sub(r"(?m)^ {8}", "", text).lstrip("\n").rstrip(" ")


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=list(CASES))
def test_cases(before: str, after: str) -> None:
    """Each is written as the style says, and then stays."""
    expected = dedented(after)
    assert format_text(dedented(before), subject="demo") == expected
    assert format_text(expected, subject="demo") == expected


def test_line_breaks_of_windows_stay() -> None:
    """A file keeps its kind of line breaks."""
    text = "tags: [a]\r\ntitle: One\r\n"
    assert format_text(text, subject="demo") == "title: One\r\ntags: [a]\r\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: [", "it is not YAML"),
        ("- a\n", "it is not a mapping of keys and values"),
        ("---\ntitle: One\n", "it begins with a document marker or a directive"),
        ("? title\n: One\n", "question mark"),
        ("title: One\ntitle: Two\n", "title"),
        ("inputs:\n  -\n    a: 1\n", "a dash of it is on a line of its own"),
        ("inputs:\n  &a\n  b: text\n", "an anchor or a tag of it is on a line of its own"),
        ("title: One\n...\n# more\n", "something comes after its end"),
    ],
)
def test_what_stays_as_it_is(text: str, reason: str) -> None:
    """What is rare or wrong is left alone, with the reason."""
    with pytest.raises(NotFormattableError) as caught:
        format_text(text, subject="demo")
    assert reason in str(caught.value)


def comments(text: str) -> Counter[str]:
    """Return the comments that are alone on a line."""
    return Counter(re.findall(r"(?m)^\s*(#.*\S)", text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_keeps_meaning_and_comments(file: Path) -> None:
    """The values are compared by the formatter itself; a second time changes nothing."""
    text = file.read_bytes().decode("utf-8-sig")
    once = format_text(text, subject="demo")
    assert comments(once) == comments(text)
    assert format_text(once, subject="demo") == once
    assert yaml.safe_load(once) == yaml.safe_load(text)


KEYS = ["title", "tags", "x-a", "x b", "inputs", "outputs", "limits", "with", "type", "5", "a#b"]
TEXTS = ["plain", "two words", "a: b", "# no comment", "- dash", "", "*", "&a", "true", "line\nline\n"]

keys = st.sampled_from(KEYS)
scalars = (
    st.sampled_from(TEXTS)
    | st.integers(0, 99)
    | st.none()
    | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=8)
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=14,
)


@settings(deadline=None, max_examples=examples(300))
@given(
    tree=st.dictionaries(keys, trees, min_size=1, max_size=5),
    form=st.fixed_dictionaries(
        {
            "default_flow_style": st.sampled_from([True, False, None]),
            "indent": st.integers(2, 6),
            "width": st.sampled_from([20, 80, 400]),
        }
    ),
    places=st.sets(st.integers(0, 40), max_size=6),
)
def test_random_files(tree: dict[str, Any], form: dict[str, Any], places: set[int]) -> None:
    """Whatever YAML says, it says the same afterwards, with all comments, or the file stays as it is."""
    text = yaml.dump(tree, sort_keys=False, allow_unicode=True, **form)
    lines = text.splitlines()
    for place in sorted(places, reverse=True):
        if place < len(lines) and lines[place].rstrip().endswith(":") and not lines[place].startswith(" "):
            lines.insert(place, f"# comment {place}")
    text = "\n".join(lines) + "\n"
    try:
        once = format_text(text, subject="demo")
    except NotFormattableError:
        return
    assert yaml.safe_load(once) == yaml.safe_load(text)
    added = [line for line in lines if line.startswith("# comment ")]
    assert comments(once) >= Counter(added)
    assert format_text(once, subject="demo") == once
