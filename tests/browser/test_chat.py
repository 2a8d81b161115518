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


ROBOT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28">
<circle cx="14" cy="14" r="14" fill="#47a"/>
<rect x="7" y="9" width="14" height="11" rx="3" fill="#fff"/><circle cx="11" cy="14" r="2" fill="#47a"/>
<circle cx="17" cy="14" r="2" fill="#47a"/></svg>"""
AVATARS = {
    "demos/talk.yaml": """
gradstream: 1
generator: talk.reply
inputs:
  message: text
outputs:
  chat:
    type: chat
    avatars:
      user: pictures/robot.svg
      assistant: pictures/two words.svg
""",
    "demos/talk.py": """
def reply(message):
    yield [{"content": "one", "metadata": {"title": "Look"}}]
    yield [{"content": "one", "metadata": {"title": "Look"}}, f"You said {message}, " + "and more, " * 40]
""",
    "demos/pictures/robot.svg": ROBOT,
    "demos/pictures/two words.svg": ROBOT,
}


def test_avatars_stand_beside_messages(page: Page, serve: Serve) -> None:
    """They are loaded from the demo, say nothing to screen readers, and leave room on a phone."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{serve(AVATARS).url}/demos/talk")
    page.get_by_role("textbox").fill("so")
    page.keyboard.press("Enter")
    expect(page.locator(".theirs")).to_contain_text("and more")
    for side, name in (("mine", "robot.svg"), ("theirs", "two%20words.svg")):
        avatar = page.locator(f".{side} img.avatar")
        expect(avatar).to_have_attribute("src", f"api/demos/talk/files/demos/pictures/{name}")
        expect(avatar).to_have_attribute("alt", "")
        page.wait_for_function("(one) => one.naturalWidth > 0", arg=avatar.element_handle())
    mine, bubble = (page.locator(".mine").locator(part).bounding_box() for part in (".avatar", ".bubble"))
    assert mine is not None
    assert bubble is not None
    assert bubble["x"] + bubble["width"] <= mine["x"]
    page.wait_for_function("() => document.documentElement.scrollWidth === 390")
