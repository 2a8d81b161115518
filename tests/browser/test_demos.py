"""Each demo of this repository, used by a visitor."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, Server


def _open(page: Page, server: Server, demo: str) -> None:
    page.goto(f"{server.url}/demos/{demo}")


def test_the_catalog_lists_every_demo_and_finds_as_one_types(page: Page, own_demos: Server) -> None:
    """Tiles for all demos, the components below the others; typing leaves what matches; a click opens it."""
    page.goto(own_demos.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pocket lab")
    demos = len(list((ROOT / "demos").rglob("*.yaml")))
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(demos)
    components = len(list((ROOT / "demos" / "components").glob("*.yaml")))
    expect(page.locator("section.folder").get_by_role("link")).to_have_count(components)
    expect(page.locator("a.tile").first).to_have_attribute("href", "demos/archimedes")
    page.keyboard.press("/")
    page.keyboard.type("diffusion")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
    page.get_by_role("main").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fake diffusion")


def test_count_shows_the_last_number(page: Page, own_demos: Server) -> None:
    """Run counts up to the number that was typed, and the state says that it is done."""
    _open(page, own_demos, "count")
    page.get_by_label("Count to").fill("3")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("region", name="Now at")).to_contain_text("3")
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_an_input_that_does_not_fit_is_told_at_that_input(page: Page, own_demos: Server) -> None:
    """A number out of range marks its field, says why there, and starts nothing."""
    _open(page, own_demos, "count")
    field = page.get_by_label("Count to")
    field.fill("5000")
    page.keyboard.press("Control+Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()


def test_fake_diffusion_shows_pictures_and_ends_with_the_large_one(page: Page, own_demos: Server) -> None:
    """The picture changes while the run goes on, and the last one is the exact picture of 1000 pixels."""
    _open(page, own_demos, "fake_diffusion")
    page.get_by_role("button", name="Run").click()
    picture = page.get_by_role("region", name="Picture").get_by_role("img")
    expect(picture).to_have_js_property("naturalWidth", 600)
    first = picture.get_attribute("src")
    expect(picture).to_have_js_property("naturalWidth", 1000)
    assert picture.get_attribute("src") != first
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_pizza_is_a_form_that_changes_as_one_fills_it_in(page: Page, own_demos: Server) -> None:
    """Other choices for another diet, fields for a delivery alone, and a price that follows."""
    _open(page, own_demos, "pizza")
    price = page.get_by_role("region", name="Price")
    page.get_by_role("radio", name="vegans").check()
    expect(page.get_by_role("checkbox", name="rocket")).to_be_visible()
    expect(page.get_by_role("checkbox", name="ham")).to_have_count(0)
    expect(page.get_by_label("Address")).to_be_hidden()
    page.get_by_role("checkbox", name="rocket").check()
    expect(price).to_contain_text("8.60")
    page.get_by_role("switch").click()
    expect(price).to_contain_text("11.10")
    page.get_by_label("Address").fill("Long Street")
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_text("With the number of the house, please.", exact=True)).to_be_visible()
    page.get_by_label("Address").fill("Long Street 7")
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_role("region", name="Order")).to_contain_text("on its way to Long Street 7")


def test_eraser_fills_what_is_painted(page: Page, own_demos: Server) -> None:
    """Nothing is done until something is painted; then the picture changes there, step by step."""
    _open(page, own_demos, "erase")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Edited")).to_contain_text("such as the balloon")
    mask = page.get_by_role("application", name="Mask on Picture")
    mask.focus()
    for key in ("Space", *["ArrowRight"] * 9, "Space"):
        mask.press(key)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Edited").get_by_role("img")).to_have_js_property(
        "naturalWidth", 720
    )
    expect(page.get_by_role("region", name="Edited")).to_contain_text("pictures")


def test_a_document_types_itself(page: Page, own_demos: Server) -> None:
    """Formulas and a table are drawn as their letters come."""
    _open(page, own_demos, "archimedes")
    document = page.get_by_role("region", name="Document")
    page.get_by_role("button", name="twelve doublings").click()
    expect(document).to_contain_text("Archimedes stopped")
    expect(document.get_by_role("row")).to_have_count(14)
    expect(document.locator("gs-formula .katex").first).to_be_visible()


def test_dashboard_runs_by_itself_and_goes_on_in_hidden_tabs(page: Page, own_demos: Server) -> None:
    """Nothing is pressed; the table behind another tab is as new as the chart; Pause holds all of it."""
    _open(page, own_demos, "dashboard")
    expect(page.get_by_role("region", name="Load")).to_contain_text("2 rows")
    page.get_by_role("tab", name="Machines").click()
    expect(page.get_by_role("region", name="Machines")).to_contain_text("north")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_chart_grows_and_is_read_with_keys(page: Page, own_demos: Server) -> None:
    """The curve is drawn as it grows; the arrow keys read its points; its rows are a table on demand."""
    _open(page, own_demos, "chart")
    page.get_by_role("button", name="Run").click()
    error = page.get_by_role("region", name="Error")
    plot = error.get_by_role("img")
    expect(plot).to_have_accessible_name(re.compile("Line chart of seen, unseen: 240 points"))
    plot.press("End")
    expect(error.locator(".chart-tip")).to_contain_text("4,800")
    plot.press("Escape")
    expect(error.locator(".chart-tip")).to_have_count(0)
    plot.hover()
    expect(error.locator(".chart-tip")).to_contain_text("unseen")
    error.get_by_role("button", name="unseen").click()
    expect(error.get_by_role("button", name="unseen", pressed=False)).to_be_visible()
    error.get_by_text("Show as a table").click()
    expect(error.get_by_role("row").nth(1)).to_contain_text("40")


def test_a_chart_is_taken_away_as_a_picture_and_as_csv(page: Page, own_demos: Server) -> None:
    """The page makes both files itself."""
    _open(page, own_demos, "chart")
    page.get_by_role("button", name="Run").click()
    error = page.get_by_role("region", name="Error")
    expect(error).to_contain_text("120 rows")
    with page.expect_download() as picture:
        error.get_by_role("button", name="Download as a picture").click()
    assert picture.value.suggested_filename == "error.png"
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as rows:
        error.get_by_role("button", name="Download as CSV").click()
    assert len(rows.value.path().read_text().splitlines()) == 121


def test_chatbot_answers_and_remembers(page: Page, own_demos: Server) -> None:
    """Enter sends and clears the field; the answer is Markdown; the next answer knows the first message."""
    _open(page, own_demos, "chatbot")
    page.get_by_text("Settings").click()
    page.get_by_role("spinbutton", name="Words a second").fill("40")
    field = page.get_by_role("textbox", name="Message")
    for said in ("I keep bees", "Forty thousand of them"):
        field.fill(said)
        field.press("Enter")
        expect(field).to_have_value("")
        expect(page.get_by_role("region", name="Story teller").locator("strong").last).to_have_text(said)
        expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(page.get_by_text("A while ago you said I keep bees")).to_be_visible()


def test_reverse_as_you_type_follows_every_key(page: Page, own_demos: Server) -> None:
    """No button: what was typed last is what is shown."""
    _open(page, own_demos, "reverse_as_you_type")
    page.get_by_label("Text").press_sequentially("stream", delay=15)
    expect(page.get_by_role("region", name="Backwards")).to_contain_text("maerts")


def test_calculator_is_worked_out_at_each_change(page: Page, own_demos: Server) -> None:
    """Changing one of several inputs changes the result; a mistake is told in the demo's words."""
    _open(page, own_demos, "calculator")
    page.get_by_label("add").check()
    result = page.get_by_role("region", name="Result")
    expect(result).to_contain_text("13")
    page.get_by_label("divide").check()
    page.get_by_label("Second number").fill("0")
    expect(result).to_contain_text("Nothing can be divided by zero")


def test_two_outputs_have_a_button_for_each_action(page: Page, own_demos: Server) -> None:
    """Each button fills its own outputs and leaves the others as they are."""
    _open(page, own_demos, "two_outputs")
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_role("region", name="In words")).to_contain_text("Your total is now 4")
    page.get_by_role("button", name="As words").click()
    expect(page.get_by_role("region", name="In words")).to_contain_text("one, two, three, four")
    expect(page.get_by_role("region", name="Counted so far")).to_contain_text("4")


def test_async_words_grow(page: Page, own_demos: Server) -> None:
    """Appended steps add up to the whole text."""
    _open(page, own_demos, "async_words")
    page.get_by_role("textbox").fill("one two three four")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Spoken")).to_contain_text("one two three four")


def test_progress_is_told_and_logged(page: Page, own_demos: Server) -> None:
    """The card's head tells the progress, the table fills, and the log has the demo's lines."""
    _open(page, own_demos, "progress")
    page.get_by_role("button", name="Run").click()
    findings = page.get_by_role("region", name="Findings")
    expect(findings).to_contain_text(re.compile(r"\d+ %"))
    expect(findings.get_by_role("row")).to_have_count(4)
    page.get_by_role("tab", name="Log").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("kitchen:")


@pytest.mark.parametrize("demo", ["count", "fake_diffusion", "chatbot", "progress"])
def test_no_request_leaves_for_a_third_party(page: Page, own_demos: Server, demo: str) -> None:
    """Everything that a page loads comes from the server that served it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _open(page, own_demos, demo)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((own_demos.url, "data:", "blob:"))] == []


def _await_playing(page: Page, selector: str) -> None:
    """Wait until a player's clock goes."""
    page.wait_for_function(f"() => document.querySelector('{selector}')?.currentTime > 0.2")


def test_sound_from_files_plays_while_it_is_made_and_can_be_taken_away(page: Page, own_demos: Server) -> None:
    """The first files are heard while the others are still to come, and the whole is a wav in the end."""
    _open(page, own_demos, "stream_audio_files")
    page.get_by_role("button", name="Run").click()
    _await_playing(page, "audio")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.get_by_role("region", name="Music")).to_contain_text("0:16")
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_a_film_is_watched_while_the_rest_is_made(page: Page, own_demos: Server) -> None:
    """Pictures of the size that was yielded play before the run is over."""
    _open(page, own_demos, "stream_video")
    page.get_by_role("radio", name="mirrored").check()
    page.get_by_role("button", name="Run").click()
    _await_playing(page, "video")
    page.wait_for_function("() => document.querySelector('video').videoWidth === 640")
    page.locator("video").evaluate("player => player.pause()")  # drawing the rest costs more than making it
    expect(page.get_by_role("region", name="Film")).to_contain_text("0:12")


def test_the_synth_plays_pictures_and_tones_until_it_is_stopped(page: Page, own_demos: Server) -> None:
    """Both players go at once; Stop ends the run, and what was made stays."""
    _open(page, own_demos, "synth")
    page.get_by_role("button", name="Run").click()
    _await_playing(page, "video")
    _await_playing(page, "audio")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    page.wait_for_function("() => document.querySelector('video').duration > 0.2")


def test_a_film_is_repeated_by_its_own_button(page: Page, own_demos: Server) -> None:
    """Without a recording there is a short film; the other output stays as it was."""
    _open(page, own_demos, "keep_repeating")
    page.get_by_role("button", name="Repeat the video").click()
    _await_playing(page, "video")
    expect(page.get_by_role("region", name="Seen")).to_contain_text("0:20")
    expect(page.get_by_role("region", name="Heard")).not_to_contain_text("0:20")
