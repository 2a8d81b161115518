"""The authors' documentation in a browser: pages that lead to each other, with their pictures."""

from playwright.sync_api import Page, expect

from tests.conftest import Server


def test_links_lead_from_page_to_page(page: Page, own_demos: Server) -> None:
    """The first page leads to all others; headings are reached by their names."""
    page.goto(own_demos.for_developer("/docs"))
    page.get_by_role("link", name="Ten minutes").click()
    expect(page).to_have_url(f"{own_demos.url}/docs/tutorial.md")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten minutes")
    page.get_by_role("link", name="more to begin with").click()
    expect(page).to_have_url(f"{own_demos.url}/docs/recipes.md#begin-from-something")
    expect(page.get_by_role("heading", name="Begin from something")).to_be_in_viewport()


def test_pictures_are_shown(page: Page, own_demos: Server) -> None:
    """A component's page shows its picture, and asks for nothing that is not there."""
    missing = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.goto(own_demos.for_developer("/docs/components/slider.md"))
    picture = page.get_by_role("img", name="Slider, in the example below")
    expect(picture).to_have_js_property("complete", value=True)
    page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())
    expect(page.get_by_role("cell", name="minimum", exact=True)).to_be_visible()
    assert missing == []
