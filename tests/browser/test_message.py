"""A message with files: attached, dropped and pasted, sent, asked again, and taken back."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/talk.yaml": """
gradstream: 1
generator: made.reply
inputs:
  message:
    type: message
    accept: [image/*, .txt]
outputs:
  talk:
    type: chat
    suggestions:
      - Hello
""",
    "demos/made.py": """
from pathlib import Path

def reply(message, history):
    files = [Path(file) for file in message["files"]]
    listed = ", ".join(f"{file.name} {file.stat().st_size}" for file in files)
    said = f"{message['text']}: {len(history)} before, {listed or 'no files'}"
    yield {"content": said, "options": ["More"]}
""",
}

# Files that were not chosen in a dialog come with events that only a script can make.
GIVE = """([name, event]) => {
  const data = new DataTransfer();
  data.items.add(new File([name], name, { type: "text/plain" }));
  const given = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
  const made = event === "drop" ? new DragEvent(event, given) : new ClipboardEvent(event, given);
  document.querySelector("gs-message-field textarea").dispatchEvent(made);
}"""


def test_a_message_with_files_is_sent_asked_again_and_taken_back(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    """Suggestions and options are said at a click; a question keeps its files when it is asked again."""
    picture = tmp_path / "red.png"
    Image.new("RGB", (40, 30), "red").save(picture)
    page.goto(f"{serve(FILES).url}/demos/talk")
    answers, attached = page.locator(".theirs"), page.locator(".attachments li")
    page.get_by_role("button", name="Hello").click()
    expect(answers.last).to_contain_text("Hello: 0 before, no files")
    page.get_by_role("button", name="More").click()
    expect(answers.last).to_contain_text("More: 2 before, no files")

    page.get_by_label("Attach files").set_input_files(picture)
    for name, event in (("a.txt", "drop"), ("b.txt", "paste"), ("c.zip", "drop")):
        page.evaluate(GIVE, [name, event])
    expect(page.get_by_role("alert")).to_contain_text("c.zip")
    expect(attached).to_have_count(3)
    page.get_by_role("button", name="Remove a.txt").click()
    page.get_by_role("textbox").fill("See")
    page.keyboard.press("Enter")
    said = f"See: 4 before, red.png {picture.stat().st_size}, b.txt 5"
    expect(answers.last).to_contain_text(said)
    expect(attached).to_have_count(0)

    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    expect(answers).to_have_count(3)
    expect(answers.last).to_contain_text(said)
    expect(page.locator(".mine img")).to_have_js_property("naturalWidth", 40)

    page.get_by_role("button", name="Take back").click()
    expect(attached).to_have_text(["red.png", "b.txt"])
    page.get_by_role("button", name="Change your message").last.click()
    page.get_by_role("textbox", name="Your message").fill("Less")
    page.keyboard.press("Enter")
    expect(answers.last).to_contain_text("Less: 2 before, no files")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(answers.last).to_contain_text(said)
