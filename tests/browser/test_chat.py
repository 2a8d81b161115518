"""A conversation on its page: what visitors do beside reading and asking."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/talk.yaml": """
gradstream: 1
actions:
  answer:
    generator: talk.reply
    inputs: [message]
    outputs: [chat]
  rate:
    generator: talk.rate
    outputs: [seen]
inputs:
  message: text
outputs:
  chat:
    type: chat
    like: rate
  seen: text
state:
  all: ""
""",
    "demos/talk.py": """
def reply(message, history):
    thought = {"content": "one", "metadata": {"title": "Look", "id": "a"}}
    part = {"content": "two", "metadata": {"title": "Within", "parent_id": "a"}}
    table = {"columns": ["n"], "rows": [[len(history)]]}
    yield [thought, part]
    yield [thought, part, {"content": [f"You said {message}", table]}]

def rate(index, liked, history, all):
    all = f"{all}{index} of {len(history)}: {liked}; "
    return all, all
""",
}


def test_answers_are_liked_and_their_parts_are_seen(page: Page, serve: Serve) -> None:
    """Each press is told once and in turn; an opinion is taken back by a second press."""
    page.goto(f"{serve(FILES).url}/demos/talk")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("so")
    page.keyboard.press("Enter")
    answer = page.locator(".theirs").last
    expect(answer.locator("td")).to_have_text("0")
    expect(page.locator("details details summary")).to_have_text("Within")
    good, bad = (answer.get_by_role("button", name=name) for name in ("Good answer", "Bad answer"))
    for button in (good, bad, bad):
        button.click()
    seen = page.locator("#out-seen").locator("xpath=../..")
    expect(seen).to_contain_text("3 of 4: True; 3 of 4: False; 3 of 4: None;")
    expect(bad).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="Rate")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text(["You said so"])
