"""How values are drawn in a real browser: whole, from their beginning, in their direction, and never run."""

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Serve

TEXT = """مرحبا **بالعالم**.

- واحد

Put in <your-api-key> of List<int>, as [told][d].

<details open>
<summary>Why</summary>

*inside*

</details>

[d]: https://example.org
"""
PAYLOADS = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<svg onload='window.ran = 1'><svg>",
    "<details open ontoggle='window.ran = 1'>",
    "<a href='javascript:window.ran = 1'>x</a>",
    "[x](javascript:window.ran=1) [y](<java\tscript:window.ran=1>)",
    "[z]: javascript:window.ran=1\\n\\n[z]",
    "<div>\\n<img src=x\\nonerror=window.ran=1>\\n</div>",
    "<b onmouseover=window.ran=1>b</b> <video src=x onerror=window.ran=1></video>",
    "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "![x](x&quot; onerror=window.ran=1)",
    "<form><input name=password autofocus onfocus=window.ran=1></form>",
)
YAML = """
gradstream: 1
generator: made.{name}
outputs:
  out: {kind}
"""
CHAT = YAML.format(name="chat", kind="chat") + "inputs:\n  message: text\n"
PYTHON = f"""
import time

def text():
    yield {TEXT!r}

def payloads():
    yield "\\n\\n".join({list(PAYLOADS)!r})

def whole():
    yield "# First\\n\\n" + "a paragraph\\n\\n" * 100 + "last"

def growing():
    shown = "# First\\n\\n"
    for step in range(60):
        shown += f"paragraph {{step}}\\n\\n"
        yield shown
        time.sleep(0.02)

def chat(message):
    roles = ("user", "assistant")
    yield [{{"role": roles[at % 2], "content": f"no {{at}}"}} for at in range(300)]
"""
NAMES = ("text", "payloads", "whole", "growing")
FILES = {
    **{
        f"demos/{name}.yaml": YAML.format(name=name, kind="markdown")
        for name in ("text", "payloads", "whole", "growing")
    },
    "demos/chat.yaml": CHAT,
    "demos/made.py": PYTHON,
}


def open_run(page: Page, serve: Serve, name: str) -> None:
    """Open a demo and run it."""
    page.goto(f"{serve(FILES).url}/demos/{name}")
    page.get_by_role("button", name="Run").click()


def test_markdown_is_one_text_in_its_own_direction(page: Page, serve: Serve) -> None:
    """Definitions, details and unknown tags are shown as in one reading; Arabic runs to the left."""
    open_run(page, serve, "text")
    out = page.get_by_role("region", name="Out")
    expect(out.get_by_role("link", name="told")).to_have_attribute("href", "https://example.org")
    expect(out).to_contain_text("Put in <your-api-key> of List<int>")
    expect(out.locator("details em")).to_have_text("inside")
    for arabic in (out.locator("p").first, out.locator("li").first):
        expect(arabic).to_have_css("direction", "rtl")
    expect(out.locator("p", has_text="Put in")).to_have_css("direction", "ltr")


def test_nothing_in_markdown_runs(page: Page, serve: Serve) -> None:
    """What could run is not made an element, and no element keeps a handler or an address that runs."""
    open_run(page, serve, "payloads")
    out = page.get_by_role("region", name="Out")
    expect(out).to_contain_text("password")
    found = out.evaluate(
        "root => [...root.querySelectorAll('gs-prose *')].filter(each =>"
        " /^(?:script|iframe|svg|form|input|style)$/.test(each.localName) ||"
        " [...each.attributes].some(({ name }) => /^on|^srcdoc/.test(name)) ||"
        " each.protocol === 'javascript:')"
        ".map(each => each.outerHTML)"
    )
    assert found == []
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(("name", "seen"), [("whole", "First"), ("growing", "paragraph 59")])
def test_what_comes_whole_is_shown_from_its_beginning_and_what_grows_to_its_end(
    page: Page, serve: Serve, name: str, seen: str
) -> None:
    """A box follows what is added to it, and never scrolls past the beginning of what came in one piece."""
    open_run(page, serve, name)
    out = page.get_by_role("region", name="Out")
    expect(out.locator("gs-prose > *").last).to_have_text("last" if name == "whole" else seen)
    expect(out.get_by_text(seen, exact=True)).to_be_in_viewport()


def test_a_long_conversation_is_all_there_and_opens_at_its_end(page: Page, serve: Serve) -> None:
    """All messages are drawn below the question, and the last one is in view, also after a reload."""
    page.goto(f"{serve(FILES).url}/demos/chat")
    page.get_by_role("textbox").fill("go")
    page.keyboard.press("Enter")
    for _ in range(2):
        expect(page.locator(".message")).to_have_count(301)
        expect(page.get_by_text("no 299", exact=True)).to_be_in_viewport()
        page.reload()
