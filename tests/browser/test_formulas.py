"""Formulas are drawn under the page's policy, and are copied as they were written."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

TEXT = r"""So $\vec{x} = \sqrt{2}$ costs $5 and $6.

\[
\fcolorbox{red}{white}{a} + \pmb{b} + \overbrace{c + d}^{\text{two}}
\]

$\href{https://example.org/hit}{x}$ and $\includegraphics{https://example.org/hit.png}$
"""

FILES = {
    "demos/maths.yaml": "gradstream: 1\ngenerator: maths.explain\noutputs:\n  text:\n"
    "    type: markdown\n    updates: append\n",
    "demos/maths.py": f"def explain():\n    for letter in {TEXT!r}:\n        yield letter\n",
}

COPY = """() => new Promise((resolve) => {
  const text = document.querySelector("gs-formula").closest("gs-prose");
  getSelection().setBaseAndExtent(text.querySelector(".katex-html"), 0, text, text.childNodes.length);
  document.addEventListener("copy", (event) => resolve(event.clipboardData.getData("text/plain")));
  document.execCommand("copy");
})"""


def test_formulas_are_drawn_and_reach_nothing(page: Page, serve: Serve) -> None:
    """Fonts come from the server, styles pass the policy, and nothing is asked of another site."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    server = serve(FILES)
    page.goto(f"{server.url}/demos/maths")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("gs-formula[title]")).to_have_count(2)
    expect(page.locator("gs-formula .katex")).to_have_count(2)
    expect(page.locator("gs-prose p").first).to_contain_text("costs $5 and $6.")
    page.wait_for_function("() => document.fonts.check('16px KaTeX_Main')")
    assert any("KaTeX_Main" in url and url.startswith(server.url) for url in asked)
    assert [url for url in asked if not url.startswith(server.url)] == []


def test_a_selection_is_copied_as_it_was_written(page: Page, serve: Serve) -> None:
    """A formula that is selected in part is copied whole; text around it keeps its line ends."""
    server = serve(FILES)
    page.goto(f"{server.url}/demos/maths")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("gs-formula[title]")).to_have_count(2)
    expect(page.locator("gs-formula .katex")).to_have_count(2)
    copied = page.evaluate(COPY)
    assert copied.splitlines()[0] == r"$\vec{x} = \sqrt{2}$ costs $5 and $6."
    assert r"\overbrace{c + d}^{\text{two}}" in copied
