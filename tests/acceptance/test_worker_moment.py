"""What is shown is what was yielded when it was yielded, whatever the generator does with it afterwards.

Each form of each kind of output is yielded twice: as one object that is modified after each yield, and as
two fresh ones that nobody modifies. What readers and the next run get is the same.
"""

import inspect
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gradstream.components.registry import OUTPUTS
from gradstream.format.schema.validators import load_schemas
from tests.acceptance import moments
from tests.acceptance.worker_lab import Lab, open_lab
from tests.unit.media.videos import ClipForm, make_clip

FORMS = {
    "text": ["words"],
    "markdown": ["words"],
    "code": ["words"],
    "json": ["nested", "mapping", "queue", "matrix"],
    "number": ["scalar"],
    "scores": ["by_label", "pairs"],
    "metric": ["figures", "scalar"],
    "progress": ["bars"],
    "log": ["lines"],
    "highlighted_text": ["parts"],
    "html": ["words"],
    "gallery": ["captioned"],
    "image_compare": ["compared"],
    "annotated_image": ["areas"],
    "file": ["files"],
    "chart": ["points", "point", "heights", "height_columns", "matrix"],
    "plot": ["drawn"],
    "table": ["rows", "records", "columns", "matrix"],
    "image": ["levels", "floats", "pillow", "png", "bitmap_view", "picture_path"],
    "chat": ["messages", "objects", "shown"],
    "audio": ["samples", "numbers", "wav", "wav_view", "wav_stream", "wav_path"],
    "model3d": ["mesh"],
    "video": ["pictures", "volume", "pillows", "clip", "clip_stream", "clip_path"],
}
"""The forms of each kind that can be modified, as `moments.py` makes them."""

YAML = """\
inputs: {{is_reused: checkbox}}
state: {{kept: 0}}
outputs:
{outputs}
actions:
  run: {{generator: {name}.run}}
  run_async: {{generator: {name}.run_async}}
"""

CODE = """\
import asyncio
from moments import steps

FORMS = {forms!r}

def run(is_reused):
    yield from steps(FORMS, is_reused=is_reused)

async def run_async(is_reused):
    for step in steps(FORMS, is_reused=is_reused):
        yield step
        await asyncio.sleep(0)
"""


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab with the module and the clips that its demos need."""
    async with open_lab(tmp_path) as opened:
        (tmp_path / "demos").mkdir()
        opened.write_code("moments", inspect.getsource(moments))
        for number in (*moments.NUMBERS, moments.AFTERWARDS):
            clip = make_clip(ClipForm(count=number // 4))
            (tmp_path / "demos" / f"clip{number}.mp4").write_bytes(clip)
        yield opened


def test_every_kind_has_forms() -> None:
    """A new kind of output says which of its forms can be modified, and no form is forgotten."""
    assert set(FORMS) == set(OUTPUTS)
    assert {form for forms in FORMS.values() for form in forms} == {*moments.MAKE, *moments.MAKE_FILE}


def outputs_of(kind: str) -> dict[str, tuple[str, str]]:
    """Return a form and the keys of each output of a kind: every form, shown in every way."""
    ways = load_schemas().kinds["outputs"][kind]["properties"]["updates"]["enum"]
    return {
        f"{kind}_{form}_{updates}_{'streamed' if streaming == 'true' else 'held'}": (
            form,
            f"{{type: {kind}, updates: {updates}, streaming: {streaming}}}",
        )
        for form in FORMS[kind]
        for updates in ways
        for streaming in ("true", "false")
    }


async def check(lab: Lab, name: str, outputs: Mapping[str, tuple[str, str]]) -> None:
    """Run a demo with these outputs in all ways, and compare what it shows."""
    lines = "\n".join(f"  {output}: {keys}" for output, (_, keys) in outputs.items())
    code = CODE.format(forms={output: form for output, (form, _) in outputs.items()})
    demo = lab.write(name, YAML.format(name=name, outputs=lines), code)
    shown: list[tuple[dict[str, Any], dict[str, list[bytes]], Any]] = []
    for is_reused in (False, True):
        for action in ("run", "run_async"):
            run = lab.start(demo, action=action, is_reused=is_reused)
            ending = await run.end()
            assert (ending.fault, ending.message) == (None, "")
            shown.append((run.outputs, run.parts, ending.state))
    (expected, stream, state), *others = shown
    assert expected.keys() == outputs.keys()
    for one, its_stream, its_state in others:
        assert [output for output in outputs if one[output] != expected[output]] == []
        assert its_stream == stream
        assert its_state == state == {"kept": [80, {"a": [80, [80]]}, ["t", [80]]]}


@pytest.mark.parametrize("kinds", [sorted(set(OUTPUTS) - {"chat", "video"}), ["video"]], ids=" ".join)
async def test_what_is_modified_after_its_yield_is_shown_as_it_was(lab: Lab, kinds: list[str]) -> None:
    """Of every kind but the chat, of which a demo has one."""
    await check(lab, "all", {name: it for kind in kinds for name, it in outputs_of(kind).items()})


@pytest.mark.parametrize("yields", ["reply", "conversation"])
@pytest.mark.parametrize("streaming", ["true", "false"])
async def test_a_conversation_that_is_modified_is_shown_as_it_was(
    lab: Lab, yields: str, streaming: str
) -> None:
    """Its messages, their pictures and their metadata."""
    for form in FORMS["chat"]:
        keys = f"{{type: chat, yields: {yields}, streaming: {streaming}}}"
        await check(lab, f"chat_{form}", {"talk": (form, keys)})
