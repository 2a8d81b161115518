"""Every form of generator, every source of an argument, and what comes of what they yield."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gradstream.events.types import Append, Log, Patch, Progress, Set
from tests.acceptance.worker_lab import Lab, open_lab

TEXT = """
inputs:
  n: {type: number, default: 3}
outputs:
  out: {type: json}
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


def values(run: Any) -> list[Any]:
    """Return the values of all `set` events, in order."""
    return [event.value for event in run.of(Set)]


FORMS = {
    "sync_generator": "def run(n):\n    for i in range(n):\n        yield i\n",
    "async_generator": "async def run(n):\n    for i in range(n):\n        yield i\n",
    "returns_iterator": "def run(n):\n    return iter(range(n))\n",
    "returns_async_iterator": """
        def run(n):
            async def steps():
                for i in range(n):
                    yield i
            return steps()
        """,
    "coroutine_returns_iterator": "async def run(n):\n    return iter(range(n))\n",
    "coroutine_returns_async_iterator": """
        async def run(n):
            async def steps():
                for i in range(n):
                    yield i
            return steps()
        """,
    "returns_coroutine": """
        import asyncio
        def run(n):
            async def steps():
                await asyncio.sleep(0)
                return iter(range(n))
            return steps()
        """,
    "callable_object": """
        class Steps:
            def __call__(self, n):
                yield from range(n)
        run = Steps()
        """,
    "partial": """
        from functools import partial
        def steps(start, n):
            yield from range(start, n)
        run = partial(steps, 0)
        """,
    "own_iterator": """
        class run_class:
            def __init__(self, n):
                self.left = iter(range(n))
            def __iter__(self):
                return self
            def __next__(self):
                return next(self.left)
        def run(n):
            return run_class(n)
        """,
}


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_of_generator_is_iterated(lab: Lab, form: str) -> None:
    """Each step of whatever can be iterated is an event, in order."""
    demo = lab.write(form, TEXT, FORMS[form])
    assert values(await lab.run(demo)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("function", "def run(n):\n    return n * 2\n"),
        ("coroutine", "import asyncio\nasync def run(n):\n    await asyncio.sleep(0)\n    return n * 2\n"),
    ],
)
async def test_a_function_is_a_single_step(lab: Lab, name: str, code: str) -> None:
    """What an ordinary function returns is shown once."""
    demo = lab.write(name, TEXT, code)
    assert values(await lab.run(demo, n=4)) == [8]


async def test_a_returned_value_of_a_generator_is_ignored_with_a_warning(lab: Lab) -> None:
    """A generator's return value is ignored, with a warning for the developer."""
    demo = lab.write("returns", TEXT, "def run(n):\n    yield 1\n    return 2\n")
    run = await lab.run(demo)
    assert values(run) == [1]
    assert [(log.level, log.text) for log in run.of(Log)] == [
        ("warning", "What the generator returns is ignored: yield it instead.")
    ]


async def test_arguments_come_from_everywhere(lab: Lab) -> None:
    """Inputs by name and by position, constants, state, history and progress reach their parameters."""
    demo = lab.write(
        "sources",
        """
        generator: sources.run
        with: {model: small}
        inputs:
          text: text
          n: {type: number, default: 2, integer: true}
        outputs:
          out: {type: json}
        state: {total: 40}
        """,
        """
        def run(text, count, model, total, history, progress, missing="default"):
            progress(0.5, "half")
            yield [text, count, model, total, history, callable(progress), missing]
        """,
    )
    run = await lab.run(demo, text="hi")
    assert values(run) == [["hi", 2, "small", 40, [], True, "default"]]
    assert [(one.fraction, one.description) for one in run.of(Progress)] == [(0.5, "half")]


async def test_inputs_go_into_variable_arguments(lab: Lab) -> None:
    """`*args` takes inputs by position and `**kwargs` by name."""
    by_position = lab.write("positional", TEXT, "def run(*args):\n    return list(args)\n")
    by_name = lab.write("named", TEXT, "def run(**kwargs):\n    return kwargs\n")
    assert values(await lab.run(by_position, n=1)) == [[1]]
    assert values(await lab.run(by_name, n=1)) == [{"n": 1}]


async def test_several_outputs_by_position_by_name_and_skipped(lab: Lab) -> None:
    """A tuple fills all outputs, a mapping those it names; `skip` leaves one, None clears it."""
    demo = lab.write(
        "several",
        "inputs: {}\noutputs:\n  a: text\n  b: {type: json}\n",
        """
        from gradstream import skip
        def run():
            yield "x", 1
            yield {"b": 2}
            yield skip, 3
            yield skip
            yield ["xy", None]
        """,
    )
    run = await lab.run(demo)
    assert [(record.type, record.output) for record in run.received] == [
        ("set", "a"),
        ("set", "b"),
        ("set", "b"),
        ("set", "b"),
        ("append", "a"),
        ("set", "b"),
    ]
    assert run.outputs == {"a": "xy", "b": None}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "def run():\n    yield 1, 2, 3\n",
            (
                "3 values for 2 outputs (a, b); accepted are a tuple with one value for each, or a mapping "
                "by name with only what has changed"
            ),
        ),
        (
            "def run():\n    yield 'x'\n",
            (
                "one value of type str for 2 outputs (a, b); accepted are a tuple with one value for each, "
                "or a mapping by name with only what has changed"
            ),
        ),
        (
            "def run():\n    yield {'aa': 1}\n",
            "there is no output `aa`; the names are `a` or `b`; did you mean a?",
        ),
        (
            "def run():\n    yield {'b': object()}\n",
            (
                "output `b`: a value of type object cannot be said in JSON; accepted are plain values, "
                "dates, dataclasses, and numbers and arrays of NumPy and the like"
            ),
        ),
    ],
)
async def test_a_yield_that_fits_no_output_is_the_developers_fault(lab: Lab, code: str, message: str) -> None:
    """The run fails with what was found and what is accepted, and the detail has the line of the yield."""
    demo = lab.write("misfit", "inputs: {}\noutputs:\n  a: text\n  b: {type: json}\n", code)
    ending = await lab.start(demo).end()
    assert (ending.fault, ending.message) == ("developer", message)
    assert ending.detail is not None
    assert 'demos/misfit.py", line 2, in run' in ending.detail


async def test_only_the_final_result_of_an_output_that_does_not_stream(lab: Lab) -> None:
    """`streaming: false` shows the last step, once the run has succeeded."""
    demo = lab.write(
        "final",
        "inputs: {}\noutputs:\n  out: {type: text, streaming: false}\n",
        "def run():\n    yield 'a'\n    yield 'ab'\n",
    )
    run = await lab.run(demo)
    assert [(type(event), event.value) for event in run.of(Set)] == [(Set, "ab")]
    assert run.of(Append) == []


async def test_steps_that_are_added(lab: Lab) -> None:
    """`updates: append` adds text, rows and items to what is shown; None adds nothing."""
    demo = lab.write(
        "adding",
        """
        inputs: {}
        outputs:
          text: {type: text, updates: append}
          rows: {type: table, updates: append, columns: [x, y]}
          items: {type: json, updates: append}
        """,
        """
        def run():
            yield "one ", [[1, 2]], {"k": 1}
            yield None, None, None
            yield "two", [{"x": 3, "y": 4}, [5, 6]], [2]
        """,
    )
    run = await lab.run(demo)
    assert run.outputs == {
        "text": "one two",
        "rows": {"columns": ["x", "y"], "rows": [[1, 2], [3, 4], [5, 6]]},
        "items": [{"k": 1}, [2]],
    }
    assert {record.type for record in run.received if record.output == "text"} == {"append"}
    assert [event.edits for event in run.of(Patch)] == [
        [("insert", ["rows", 1], [3, 4]), ("insert", ["rows", 2], [5, 6])],
        [("insert", [1], [2])],
    ]


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ((r"a\ud83d", r"\ude00b"), "a\U0001f600b"),
        ((r"\ud83d", "", r"\ude00", "e", r"\u0301"), "\U0001f600e\u0301"),
        ((r"a\ud83d", "b"), "a\ufffdb"),
        ((r"\ude00a", r"b\ud83d"), "\ufffdab\ufffd"),
        ((r"\U0001f469\u200d", r"\U0001f4bb"), "\U0001f469\u200d\U0001f4bb"),
        (("a\\r", "\\nb"), "a\r\nb"),
    ],
)
async def test_a_character_in_two_steps_is_one(lab: Lab, steps: tuple[str, ...], shown: str) -> None:
    """Halves of a surrogate pair that follow each other are one character; one that is alone is marked."""
    code = "def run():\n" + "".join(f'    yield "{step}"\n' for step in steps)
    yaml = "inputs: {}\noutputs:\n  out: {type: text, updates: append}\n"
    assert (await lab.run(lab.write("halves", yaml, code))).outputs == {"out": shown}
    failing = lab.start(lab.write("fails", yaml, code + "    raise ValueError\n"))
    assert (await failing.end()).fault == "developer"
    assert failing.outputs == {"out": shown}


async def test_equal_steps_are_events(lab: Lab) -> None:
    """A step that changes nothing is sent as well."""
    demo = lab.write("equal", TEXT, "def run(n):\n    for _ in range(n):\n        yield 'same'\n")
    assert values(await lab.run(demo)) == ["same", "same", "same"]


async def test_a_growing_text_costs_its_suffix(lab: Lab) -> None:
    """10,000 steps of a growing text arrive whole, in order, and as little more than the last of them."""
    demo = lab.write(
        "growing",
        "inputs: {}\noutputs:\n  out: text\n",
        """
        def run():
            text = ""
            for i in range(10_000):
                text += f"{i} "
                yield text
        """,
    )
    run = await lab.run(demo)
    whole = "".join(f"{i} " for i in range(10_000))
    assert run.outputs == {"out": whole}
    assert sum(len(record.body) for record in run.received) < 3 * len(whole)
    assert isinstance(run.events[0], Set)
    assert {type(event) for event in run.events[1:]} == {Append}
