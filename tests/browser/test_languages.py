"""The page in the visitor's language, and mirrored where it is written from right to left."""

from playwright.sync_api import Browser, Route, expect

from tests.conftest import Serve

FILES = {
    "demos/hello.yaml": """
gradstream: 1
title: Hello
generator: hello.run
inputs:
  steps:
    type: slider
    minimum: 1
    maximum: 9
outputs:
  said: text
""",
    "demos/hello.py": "def run(steps):\n    yield 'one two'\n",
    "demos/who.yaml": "gradstream: 1\ntitle: Who\ngenerator: who.run\noutputs:\n  said: text\n",
    "demos/who.py": "def run(session):\n    yield f\"{session['language']} {session['id']}\"\n",
}


def test_a_page_is_drawn_in_the_visitors_language_and_in_no_other_before(
    browser: Browser, serve: Serve
) -> None:
    """Nothing is drawn until the words are there; then the inputs are at the right, and counts inflected."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="ar-EG") as context:
        page = context.new_page()
        page.route("**/assets/ar-*.js", hold)
        with page.expect_request("**/assets/ar-*.js"):
            page.goto(f"{serve(FILES).url}/demos/hello")
        assert page.locator("gs-app").count() == 0
        held[0].continue_()
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("region", name="Said")).to_contain_text("كلمتان")
        root = page.locator("html")
        expect(root).to_have_attribute("lang", "ar")
        expect(root).to_have_attribute("dir", "rtl")
        side, results = page.locator(".side").bounding_box(), page.locator(".results").bounding_box()
        assert side is not None
        assert results is not None
        assert side["x"] > results["x"]


def test_a_function_is_told_the_language_and_the_same_id_in_each_run(browser: Browser, serve: Serve) -> None:
    """The page and the function have one language, and a second run is of the same visitor."""
    with browser.new_context(locale="pt-BR") as context:
        page = context.new_page()
        page.goto(f"{serve(FILES).url}/demos/who")
        expect(page.locator("html")).to_have_attribute("lang", "pt")
        said = []
        for _ in range(2):
            page.get_by_role("button", name="Run").click()
            expect(page.get_by_text("pt-BR ")).to_be_visible()
            said.append(page.get_by_text("pt-BR ").inner_text())
            page.reload()
        assert said[0] == said[1]
