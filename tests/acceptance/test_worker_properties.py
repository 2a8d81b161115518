"""What a function changes of fields and results, from its yield to the events of its run."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gradstream.events.types import Props
from tests.acceptance.worker_lab import Lab, LabRun, open_lab

YAML = """\
inputs:
  city: {type: dropdown, choices: [none]}
outputs:
  told: text
actions:
  run: {generator: changes.run, inputs: [], outputs: [city, told]}
"""
CHOICES = [{"value": name, "label": name, "description": None} for name in ("Lyon", "Paris")]


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


async def play(lab: Lab, code: str) -> tuple[LabRun, str]:
    """Run a demo with this code, and return the run with the message of its failure."""
    demo = lab.write("changes", YAML, code)
    run = lab.start(demo)
    ending = await run.end()
    return run, ending.message


def changes(run: LabRun) -> list[tuple[str, Any, bool]]:
    """Return the changes of a run, each with whether its step goes on."""
    return [(event.component, event.changes, event.more) for event in run.of(Props)]


async def test_choices_and_a_value_among_them(lab: Lab) -> None:
    """The value of an update is checked by what the update has changed, in one step with it."""
    run, message = await play(
        lab,
        """
        import gradstream
        def run():
            city = gradstream.update(choices=["Lyon", "Paris"], value="Paris")
            yield city, gradstream.update(visible=False)
            yield {"city": "Lyon", "told": "chosen"}
        """,
    )
    assert message == ""
    assert changes(run) == [("city", {"choices": CHOICES}, True), ("told", {"visible": False}, False)]
    assert run.outputs == {"city": "Lyon", "told": "chosen"}


async def test_updates_of_another_tool(lab: Lab) -> None:
    """A mapping that says that it is an update is one."""
    run, message = await play(
        lab,
        """
        def run():
            return {"__type__": "update", "label": "City", "value": "none"}, {"__type__": "update"}
        """,
    )
    assert message == ""
    assert changes(run) == [("city", {"label": "City"}, True)]
    assert run.outputs == {"city": "none"}


@pytest.mark.parametrize("state", ["", "state: {kept: 1}\n"])
async def test_a_label_and_a_value_of_the_only_output_are_one_step(lab: Lab, state: str) -> None:
    """A reader never has the one without the other."""
    yaml = f"outputs:\n  told: text\ngenerator: alone.run\n{state}"
    code = "import gradstream\ndef run(**state):\n    yield gradstream.update(label='Told', value='yes')\n"
    run = lab.start(lab.write("alone", yaml, code))
    assert (await run.end()).message == ""
    assert changes(run) == [("told", {"label": "Told"}, True)]
    assert run.outputs == {"told": "yes"}


@pytest.mark.parametrize(
    ("yielded", "said"),
    [
        ("gradstream.update(choises=[1]), 'x'", "output `city`: `choises` cannot be changed by an update"),
        ("'none', gradstream.update(choices=[1])", "output `told`: `choices` cannot be changed by an update"),
        ("gradstream.update(choices=['a', 'a']), 'x'", "output `city`: the update does not fit the field"),
        ("gradstream.update(choices=['a'], value='none'), 'x'", "output `city`: the input does not accept"),
    ],
)
async def test_what_cannot_be_changed_fails_the_run(lab: Lab, yielded: str, said: str) -> None:
    """The failure names the component and the key; nothing of the step is sent."""
    run, message = await play(lab, f"import gradstream\ndef run():\n    yield {yielded}\n")
    assert said in message
    assert changes(run) == []
