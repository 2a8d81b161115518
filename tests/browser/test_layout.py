"""A page whose author says what stands where."""

from playwright.sync_api import FloatRect, Page, expect

from tests.conftest import Serve

FILES = {
    "demos/studio.yaml": """
gradstream: 1
title: Studio
layout:
  - text: "**Describe** it first."
  - columns:
      2:
        - prompt
        - section:
            title: More
            items: [seed, mode]
        - section:
            title: For experts
            open: true
            show_if:
              mode: advanced
            items: steps
        - row: [word, draw]
      3:
        - tabs:
            Result: [answer]
            Sound: [sound, note]
actions:
  draw:
    button: Draw
    generator: studio.draw
    outputs: [answer, sound]
  clear:
    button: Clear
    generator: studio.clear
    inputs: []
    outputs: [answer]
inputs:
  word: text
  prompt: text
  seed: number
  mode:
    type: radio
    choices: [simple, advanced]
    default: simple
  steps:
    type: slider
    minimum: 1
    maximum: 9
  note:
    type: text
    required: true
outputs:
  answer: text
  sound: audio
""",
    "demos/studio.py": """
import numpy as np

def draw(word, prompt, seed, mode, steps, note):
    for step in range(20):
        times = np.arange(22050) / 44100
        tone = (0.1 * np.sin(2 * np.pi * 220 * times)).astype("float32")
        yield f"{word}, {prompt}, {steps}, {note}: {step}", (44100, tone)

def clear():
    yield ""
""",
}

PLAYED_S = "() => document.querySelector('audio')?.currentTime ?? 0"
HAS_PLAYED = "(longer) => (document.querySelector('audio')?.currentTime ?? 0) > longer"


def test_a_layout_places_everything(page: Page, serve: Serve) -> None:
    """Columns stand side by side, or stacked; tabs obey keys, and what is in the others goes on."""
    page.goto(f"{serve(FILES).url}/demos/studio")
    expect(page.get_by_text("Describe it first.")).to_be_visible()
    expect(page.get_by_role("button", name="Clear")).to_be_visible()
    left, right = boxes(page)
    assert left["x"] + left["width"] < right["x"]
    fill_in(page)
    result, sound = page.get_by_role("tab", name="Result"), page.get_by_role("tab", name="Sound")
    answer = page.get_by_role("region", name="Answer")
    expect(sound).to_have_attribute("aria-selected", "true")
    page.wait_for_function(HAS_PLAYED, arg=0.2)
    sound.focus()
    page.keyboard.press("Home")
    expect(result).to_be_focused()
    expect(answer).to_contain_text("fox, , 1, soon: 19")
    played_s = page.evaluate(PLAYED_S)
    page.wait_for_function(HAS_PLAYED, arg=played_s + 0.5)
    page.keyboard.press("ArrowLeft")
    expect(sound).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Sound")).to_be_visible()
    expect(answer).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.documentElement.scrollWidth === 390")
    left, right = boxes(page)
    assert left["y"] + left["height"] < right["y"]


def boxes(page: Page) -> tuple[FloatRect, FloatRect]:
    """Return where the first field and the first output stand."""
    left = page.get_by_label("Prompt").bounding_box()
    right = page.get_by_role("region", name="Answer").bounding_box()
    assert left is not None
    assert right is not None
    return left, right


def fill_in(page: Page) -> None:
    """Open what is closed, and draw once the field in the other tab has been demanded."""
    draw, note = page.get_by_role("button", name="Draw"), page.get_by_label("Note")
    expect(page.get_by_text("For experts", exact=True)).to_be_hidden()
    expect(page.get_by_label("Seed")).to_be_hidden()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("advanced").check()
    expect(page.get_by_role("slider", name="Steps")).to_be_visible()
    page.get_by_label("Word").fill("fox")
    expect(note).to_be_hidden()
    draw.click()
    expect(note).to_be_focused()
    note.fill("soon")
    draw.click()
