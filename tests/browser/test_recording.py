"""Sound and video from visitors: recorded with the devices that Chromium pretends to have, uploaded, cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WAIT_MS
from tests.conftest import Serve
from tests.unit.media.clips import tone, write_sound, write_video

FILES = {
    "demos/voice.yaml": """
gradstream: 1
title: Voice
generator: heard.measure
inputs:
  voice:
    type: audio
    as: numpy
    required: true
outputs:
  answer: text
""",
    "demos/short.yaml": """
gradstream: 1
title: Short
generator: heard.name
inputs:
  clip:
    type: audio
    max_duration: 1s
    format: mp3
outputs:
  answer: text
""",
    "demos/film.yaml": """
gradstream: 1
title: Film
generator: heard.watch
inputs:
  film:
    type: video
    format: mp4
outputs:
  answer: text
""",
    "demos/mute.yaml": """
gradstream: 1
title: Mute
generator: heard.name
inputs:
  clip:
    type: audio
    sources: [upload]
outputs:
  answer: text
""",
    "demos/talk.yaml": """
gradstream: 1
title: Talk
generator: heard.answer
inputs:
  message:
    type: message
outputs:
  chat:
    type: chat
""",
    "demos/written.yaml": """
gradstream: 1
title: Written
generator: heard.answer
inputs:
  message:
    type: message
    accept: image/*
outputs:
  chat:
    type: chat
""",
    "demos/heard.py": """
import wave
from pathlib import Path

import av

def measure(voice):
    rate, samples = voice
    length = f"{len(samples)} samples, {len(samples) / rate:.2f} seconds"
    yield f"{length}, {samples.dtype}, loudest {abs(samples).max()}"

def name(clip):
    if clip is None:
        yield "nothing"
        return
    with av.open(clip) as file:
        yield f"{Path(clip).suffix} of {file.duration / 1e6:.2f} seconds"

def answer(message, history):
    names = [Path(each).suffix for each in message["files"]]
    yield f"{message['text']} with {len(names)}: {' '.join(names)}"

def watch(film):
    with av.open(film) as file:
        names = [stream.codec_context.name for stream in file.streams]
        pictures = sum(1 for _ in file.decode(video=0))
    yield f"{Path(film).suffix} {' '.join(names)}, {pictures} pictures"
""",
}
LIVE_TRACKS = (
    "window.opened.flatMap(stream => stream.getTracks()).filter(track => track.readyState === 'live').length"
)
"""How many devices the page has in use."""


@pytest.fixture
def equipped(browser: Browser) -> Iterator[Page]:
    """Open a tab that may use microphone and camera, and that notes what it opens."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["microphone", "camera"]
    )
    context.set_default_timeout(WAIT_MS)
    tab = context.new_page()
    mistakes: list[str] = []
    tab.on("pageerror", lambda error: mistakes.append(str(error)))
    tab.add_init_script(
        "window.opened = []; const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async wanted => {"
        " const stream = await open(wanted); window.opened.push(stream); return stream; }"
    )
    yield tab
    context.close()
    assert mistakes == []


def wait_for_tracks(page: Page, count: int) -> None:
    """Wait until the page has so many devices in use."""
    page.wait_for_function(f"() => {LIVE_TRACKS} === {count}")


def wait_for_time(page: Page) -> None:
    """Wait until the recorder's clock says that a second is over."""
    expect(page.locator(".capture-time")).to_have_text(re.compile(r"0:0[1-9]"))


def test_a_voice_is_recorded_and_arrives_as_samples(equipped: Page, serve: Serve) -> None:
    """What the microphone heard is shown while it is recorded, and reaches the generator as int16 samples."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/voice")
    voice = page.get_by_role("group", name="Voice")
    voice.get_by_role("button", name="Record: Voice").click()
    wait_for_time(page)
    wait_for_tracks(page, 1)
    expect(voice.get_by_role("status")).to_have_text("Recording")
    expect(voice.get_by_role("button", name="Stop recording Voice")).to_be_focused()
    expect(voice.locator(".levels i").first).to_be_attached()
    voice.get_by_role("button", name="Stop recording Voice").click()
    expect(voice.get_by_text("recording.webm")).to_be_visible()
    expect(voice.get_by_role("slider", name="Start of the part of Voice")).to_be_visible()
    wait_for_tracks(page, 0)
    page.get_by_role("button", name="Run").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text(
        re.compile(r"\d{5,} samples, [1-9]\d?\.\d\d seconds, int16, loudest [1-9]")
    )


def test_a_run_ends_the_recording_that_it_needs(equipped: Page, serve: Serve) -> None:
    """Run takes what has been recorded so far: nobody has to press Stop first."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/voice")
    page.get_by_role("button", name="Record: Voice").click()
    wait_for_time(page)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("seconds, int16")
    wait_for_tracks(page, 0)


def test_a_message_is_spoken(equipped: Page, serve: Serve) -> None:
    """Beside what is written; sending ends the recording, Discard drops it, and the device is let go."""
    url = serve(FILES).url
    equipped.goto(f"{url}/demos/talk")
    written = equipped.get_by_role("textbox", name="Message")
    record = equipped.get_by_role("button", name="Record: Message")
    record.press("Enter")
    equipped.get_by_role("button", name="Discard the recording of Message").press("Enter")
    expect(record).to_be_focused()
    equipped.wait_for_function(f"() => window.opened.length === 1 && {LIVE_TRACKS} === 0")
    record.click()
    wait_for_time(equipped)
    equipped.get_by_role("button", name="Stop recording Message").click()
    expect(equipped.locator(".attachments li")).to_have_count(1)
    record.click()
    expect(equipped.get_by_role("button", name="Stop recording Message")).to_be_visible()
    wait_for_time(equipped)
    written.fill("Twice")
    written.press("Enter")
    expect(equipped.get_by_text("Twice with 2: .webm .webm", exact=True)).to_be_visible()
    expect(equipped.locator(".attachments li")).to_have_count(0)
    equipped.wait_for_function(f"() => {LIVE_TRACKS} === 0")
    equipped.goto(f"{url}/demos/written")
    expect(equipped.get_by_role("textbox", name="Message")).to_be_visible()
    equipped.wait_for_load_state("networkidle")
    expect(record).to_have_count(0)


def test_an_upload_is_cut_with_the_keyboard(equipped: Page, serve: Serve, tmp_path: Path) -> None:
    """Handles move by keys, the range's length is told, and the generator gets exactly that part."""
    page = equipped
    song = write_sound(tmp_path / "song.wav", tone(2.0))
    page.goto(f"{serve(FILES).url}/demos/voice")
    voice = page.get_by_role("group", name="Voice")
    voice.get_by_label("Choose a file for Voice").set_input_files(song)
    start = voice.get_by_role("slider", name="Start of the part of Voice")
    end = voice.get_by_role("slider", name="End of the part of Voice")
    expect(voice.locator(".trim-length")).to_have_text("2 s")
    start.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(start).to_have_attribute("aria-valuetext", "0:00.05")
    end.focus()
    end.fill("1.55")
    expect(voice.locator(".trim-length")).to_have_text("1.5 s")
    page.get_by_role("button", name="Run").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("66150 samples, 1.50 seconds")
    voice.get_by_role("button", name="Take all").click()
    page.get_by_role("button", name="Run").click()
    expect(answer).to_contain_text("88200 samples, 2.00 seconds")


def test_a_file_is_dropped(equipped: Page, serve: Serve, tmp_path: Path) -> None:
    """A file that is dropped onto the field is taken, and takes the place of what was there."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/voice")
    for seconds in (0.5, 1.5):
        song = write_sound(tmp_path / "song.wav", tone(seconds))
        dropped = page.evaluate_handle(
            "bytes => { const data = new DataTransfer(); data.items.add("
            "new File([new Uint8Array(bytes)], 'song.wav', { type: 'audio/wav' })); return data; }",
            list(song.read_bytes()),
        )
        page.locator(".recording").dispatch_event("drop", {"dataTransfer": dropped})
        expect(page.locator(".trim-length")).to_have_text(f"{seconds} s")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("66150 samples")


def test_what_is_too_long_begins_with_a_part_that_is_not(
    equipped: Page, serve: Serve, tmp_path: Path
) -> None:
    """With `max_duration` the handles choose no more than that, and `format` is what the generator gets."""
    page = equipped
    song = write_sound(tmp_path / "song.wav", tone(3.0))
    page.goto(f"{serve(FILES).url}/demos/short")
    clip = page.get_by_role("group", name="Clip")
    clip.get_by_label("Choose a file for Clip").set_input_files(song)
    expect(clip.locator(".trim-length")).to_have_text("1 s")
    clip.get_by_role("slider", name="End of the part of Clip").fill("2.5")
    expect(clip.get_by_role("slider", name="Start of the part of Clip")).to_have_value("1.5")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text(re.compile(r"\.mp3 of 1\.0\d seconds"))


def test_a_recording_ends_by_itself(equipped: Page, serve: Serve) -> None:
    """With `max_duration` nobody has to watch the clock."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/short")
    page.get_by_role("button", name="Record: Clip").click()
    expect(page.get_by_text("recording.webm")).to_be_visible()
    # The device needs a moment to begin, so that a little less may have been heard.
    expect(page.locator(".trim-length")).to_have_text(re.compile(r"^(1|0\.\d+) s$"))
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text(
        re.compile(r"\.mp3 of [01]\.\d\d seconds")
    )


def test_the_camera_is_seen_before_it_records(equipped: Page, serve: Serve) -> None:
    """A live picture, a recording, and a file of the format that the demo asks for."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/film")
    film = page.get_by_role("group", name="Film")
    film.get_by_role("button", name="Use the camera: Film").click()
    live = film.get_by_label("What the camera sees")
    expect(live).to_be_visible()
    film.get_by_role("button", name="Record", exact=True).click()
    wait_for_time(page)
    wait_for_tracks(page, 2)
    seen = live.element_handle()
    page.wait_for_function("video => video.videoWidth === 640 && video.currentTime > 1", arg=seen)
    film.get_by_role("button", name="Stop recording Film").click()
    expect(film.get_by_label("Preview of Film")).to_be_visible()
    wait_for_tracks(page, 0)
    page.get_by_role("button", name="Run").click()
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text(re.compile(r"\.mp4 h264 aac, [1-9]\d* pictures"))


def test_a_video_is_cut(equipped: Page, serve: Serve, tmp_path: Path) -> None:
    """A part of an uploaded video has the pictures that were chosen."""
    page = equipped
    clip = write_video(tmp_path / "clip.webm", 2.0, codec="libvpx")
    page.goto(f"{serve(FILES).url}/demos/film")
    film = page.get_by_role("group", name="Film")
    film.get_by_label("Choose a file for Film").set_input_files(clip)
    film.get_by_role("slider", name="End of the part of Film").fill("0.5")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text(".mp4 h264, 5 pictures")


def test_devices_are_let_go_when_the_page_is_left(equipped: Page, serve: Serve) -> None:
    """Neither a recording that is discarded nor one whose field goes away keeps the microphone."""
    page = equipped
    server = serve(FILES)
    page.goto(f"{server.url}/demos/voice")
    page.get_by_role("button", name="Record: Voice").click()
    wait_for_time(page)
    page.get_by_role("button", name="Discard the recording of Voice").click()
    expect(page.get_by_role("button", name="Record: Voice")).to_be_visible()
    wait_for_tracks(page, 0)
    page.get_by_role("button", name="Record: Voice").click()
    wait_for_time(page)
    page.evaluate("document.querySelector('gs-recording-input').remove()")
    wait_for_tracks(page, 0)


def test_a_refused_permission_is_told(equipped: Page, serve: Serve) -> None:
    """The visitor reads what happened and what to do, and can still choose a file."""
    page = equipped
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia ="
        " () => Promise.reject(new DOMException('denied', 'NotAllowedError'))"
    )
    page.goto(f"{serve(FILES).url}/demos/voice")
    page.get_by_role("button", name="Record: Voice").click()
    expect(page.get_by_role("group", name="Voice")).to_contain_text(
        "This page may not use the microphone. Allow it in the browser, beside the address, and try again."
    )
    expect(page.get_by_label("Choose a file for Voice")).to_be_attached()


def test_what_is_no_sound_is_not_sent(equipped: Page, serve: Serve, tmp_path: Path) -> None:
    """A file of another kind is refused at once, and one that cannot be read when it runs, both there."""
    page = equipped
    note = tmp_path / "note.txt"
    note.write_text("no sound")
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF\x00\x00\x00\x00WAVEbroken")
    page.goto(f"{serve(FILES).url}/demos/voice")
    page.get_by_label("Choose a file for Voice").set_input_files(note)
    expect(page.get_by_role("alert")).to_have_text("note.txt is no sound that is taken here.")
    page.get_by_label("Choose a file for Voice").set_input_files(broken)
    expect(page.get_by_text("This browser cannot play it.")).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("group", name="Voice")).to_contain_text(
        "Voice cannot be read as sound: save it again in another program, or choose another file"
    )


def test_what_was_chosen_survives_a_saved_file(equipped: Page, serve: Serve, tmp_path: Path) -> None:
    """The demo's file is saved with another title: the upload and its part stay."""
    page = equipped
    server = serve(FILES)
    song = write_sound(tmp_path / "song.wav", tone(2.0))
    page.goto(f"{server.url}/demos/voice")
    voice = page.get_by_role("group", name="Voice")
    voice.get_by_label("Choose a file for Voice").set_input_files(song)
    voice.get_by_role("slider", name="Start of the part of Voice").fill("0.5")
    file = server.folder / "demos" / "voice.yaml"
    file.write_text(file.read_text().replace("title: Voice", "title: Louder"))
    expect(page.get_by_role("heading", name="Louder")).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("66150 samples")


def test_an_input_for_files_only_has_no_recorder(equipped: Page, serve: Serve) -> None:
    """`sources: [upload]` offers no microphone, and removing what was chosen empties the field."""
    page = equipped
    page.goto(f"{serve(FILES).url}/demos/mute")
    clip = page.get_by_role("group", name="Clip")
    expect(clip.get_by_label("Choose a file for Clip")).to_be_attached()
    expect(clip.locator("gs-capture")).to_have_count(0)
    clip.get_by_label("Choose a file for Clip").set_input_files(
        {"name": "a.wav", "mimeType": "audio/wav", "buffer": b"RIFF"}
    )
    clip.get_by_role("button", name="Remove what was chosen for Clip").click()
    expect(clip.get_by_label("Choose a file for Clip")).to_be_focused()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Answer")).to_contain_text("nothing")
