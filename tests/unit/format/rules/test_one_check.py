"""One check of a value: the form accepts what `check` calls good, and `check` reports what it refuses."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from gradstream.components.form import check_form
from gradstream.components.registry import INPUTS
from gradstream.format.load import DemoReading
from gradstream.format.types import Demo
from tests.effort import examples
from tests.unit.format.demos import read_demo

numbers = st.one_of(
    st.integers(-20, 20),
    st.floats(-20, 20, allow_nan=False).map(lambda value: round(value, 2)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(2**63), 2**63 - 1),
)
"""YAML's integers have 64 bits."""

texts = st.text("ab1", max_size=4) | st.sampled_from(["2026-05-17", "09:30", "2026-05-17T09:30:15", "#36c"])
scalars = st.one_of(texts, numbers, st.booleans())
parts = st.dictionaries(st.sampled_from(["image", "mask", "file"]), scalars, max_size=2)
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.none(), st.just({"file": "1"}), parts)

ranges = {
    "minimum": numbers,
    "maximum": numbers,
    "step": st.floats(0.001, 9) | st.integers(1, 9),
    "integer": st.booleans(),
}
sets = {
    "choices": st.lists(scalars, min_size=1, max_size=4),
    "multiple": st.booleans(),
    "allow_custom": st.booleans(),
}


def bounds(low: str, high: str) -> dict[str, st.SearchStrategy[Any]]:
    """Return bounds, of which one may be missing."""
    return {"minimum": st.just(low), "maximum": st.just(high)}


OPTIONS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "text": {"max_length": st.integers(1, 4)},
    "number": ranges,
    "slider": {**ranges, "range": st.booleans()},
    "checkbox": {},
    "checkboxes": {"choices": sets["choices"]},
    "toggle": {},
    "color": {},
    "date": bounds("2026-01-01", "2026-12-31"),
    "time": bounds("09:00", "18:00"),
    "datetime": bounds("2026-01-01T00:00", "2026-12-31 23:59"),
    "radio": {"choices": sets["choices"]},
    "dropdown": sets,
    "code": {"max_length": st.integers(1, 4)},
    "json": {},
    "message": {"max_length": st.integers(1, 4)},
    "table": {"columns": st.just(["a", {"name": "b", "type": "integer"}]), "max_rows": st.integers(1, 4)},
    "file": {"multiple": st.booleans(), "folder": st.booleans()},
    "image": {"mask": st.booleans()},
    "gallery": {"captions": st.booleans()},
    "location": {
        "picture": st.just("photo"),
        "shape": st.sampled_from(["point", "box"]),
        "multiple": st.booleans(),
    },
    "audio": {},
    "model3d": {},
    "video": {},
}
"""Options that the value of a kind depends on."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the demos of all examples share."""
    return tmp_path_factory.mktemp("demos")


def configs(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return inputs of a kind as authors may write them, without a default."""
    optional = {**OPTIONS[kind], "required": st.booleans()}
    needed: dict[str, st.SearchStrategy[Any]] = {
        key: optional.pop(key) for key in ("choices", "columns", "picture") if key in optional
    }
    return st.fixed_dictionaries({**needed, "type": st.just(kind)}, optional=optional)


def load(folder: Path, config: dict[str, Any], *examples: Any) -> DemoReading:
    """Load a demo with one input `x` and these values of it as examples."""
    demo = {
        "gradstream": 1,
        "generator": "studio.anything",
        "inputs": {"x": config, "photo": "image"},
        "outputs": {"answer": "text"},
        "examples": [{"x": value} for value in examples],
    }
    return read_demo(folder, json.dumps(demo))


def refusals(demo: Demo, given: dict[str, Any]) -> Iterator[str]:
    """Yield the codes with which the form refuses values; an empty required field is for the visitor."""
    for finding in check_form(demo.inputs, given, find_upload=lambda _: None).findings:
        if finding.problem.code != "E-REQUIRED":
            yield finding.problem.code


def codes(loaded: DemoReading) -> set[str]:
    """Return the codes of what is wrong with a demo."""
    return {each.code for each in loaded.diagnostics}


def schema_of(demo: Demo) -> Draft7Validator:
    """Return the validator of what clients send for the demo's input."""
    field = demo.inputs[0]
    schema = INPUTS[field.kind].json_schema(field)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def test_every_kind_is_tried() -> None:
    """A new kind is added to the options above."""
    assert set(OPTIONS) == set(INPUTS)


@pytest.mark.parametrize("kind", OPTIONS)
@settings(max_examples=examples(12))
@given(data=st.data())
def test_a_good_demo_runs_untouched_and_with_each_example(
    folder: Path, kind: str, data: st.DataObject
) -> None:
    """Defaults and examples of a demo without findings are accepted by its form."""
    config = data.draw(configs(kind))
    if data.draw(st.booleans()):
        config = {**config, "default": data.draw(values)}
    demo = load(folder, config, *data.draw(st.lists(values, max_size=2))).demo
    if demo is None:
        return
    assert list(refusals(demo, {})) == []
    for example in demo.examples:
        assert list(refusals(demo, dict(example.inputs))) == []


@pytest.mark.parametrize("kind", [kind for kind, each in INPUTS.items() if not each.takes_file])
@settings(max_examples=examples(12))
@given(data=st.data())
def test_an_example_is_reported_exactly_if_the_form_refuses_it(
    folder: Path, kind: str, data: st.DataObject
) -> None:
    """An author is told of a value if a visitor would be, and never otherwise."""
    config = data.draw(configs(kind))
    demo = load(folder, config).demo
    if demo is None:
        return
    value = data.draw(values.filter(lambda one: one is not None))
    refused = check_form(demo.inputs, {"x": value}, find_upload=lambda _: None).findings
    assert ("E-EXAMPLE" in codes(load(folder, config, value))) == bool(refused)
    assert refused or schema_of(demo).is_valid(value)


@pytest.mark.parametrize("kind", OPTIONS)
@settings(max_examples=examples(20))
@given(data=st.data())
def test_the_json_schema_accepts_what_the_form_accepts(folder: Path, kind: str, data: st.DataObject) -> None:
    """Clients that check by the schema can send a default, an example or a file, or null for no value."""
    config = data.draw(configs(kind))
    demo = load(folder, {**config, "default": data.draw(values)}).demo or load(folder, config).demo
    if demo is None:
        return
    for value in (demo.inputs[0].default, *(example.inputs["x"] for example in demo.examples)):
        refused = check_form(demo.inputs, {"x": value}, find_upload=lambda _: None).findings
        assert refused or schema_of(demo).is_valid(value)
    if INPUTS[kind].takes_file:
        one = {"file": "1"}
        several = INPUTS[kind].takes_several(demo.inputs[0])
        assert schema_of(demo).is_valid([one] if several else one)
        assert not schema_of(demo).is_valid({"path": "1"})
