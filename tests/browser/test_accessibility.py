"""What axe-core, a checker of accessibility, finds on every page: nothing serious, in both schemes."""

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, Server

AXE: Final = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
DEMOS: Final = sorted(path.stem for path in (ROOT / "demos").glob("*.yaml"))
KINDS: Final = sorted(path.stem for path in (ROOT / "demos" / "components").glob("*.yaml"))
FINDS: Final = """async ({ within, rules }) => {
  // Colours that are on their way from one scheme to the other belong to neither.
  const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(changes.map(({ finished }) => finished));
  const { violations } = await axe.run(within, { resultTypes: ["violations"], ...rules });
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => ({ id, impact, html })));
}"""
SERIOUS: Final = {"serious", "critical"}


WHOLE: Final = {"include": ["html"]}
COMPONENTS: Final = {"include": ["main"], "exclude": ["gs-demo-tabs"]}
"""What is not the same on the pages of all demos."""


def findings(page: Page, within: Any = WHOLE) -> list[dict[str, Any]]:
    """Return what is serious on the page, light and dark."""
    page.evaluate(AXE)
    found = page.evaluate(FINDS, {"within": within, "rules": {}})
    # Of all that is looked at, colours alone are others in the dark.
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(FINDS, {"within": within, "rules": {"runOnly": ["color-contrast"]}})
    return [each for each in found if each["impact"] in SERIOUS]


@pytest.mark.parametrize("path", ["", "demos/not_there", *(f"demos/{demo}" for demo in DEMOS)])
def test_nothing_serious_is_found(page: Page, own_demos: Server, path: str) -> None:
    """Names, roles, contrast, headings and order of every page, before anything runs."""
    page.goto(f"{own_demos.url}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert findings(page) == []


def test_nothing_serious_is_found_in_the_form_of_any_kind(page: Page, own_demos: Server) -> None:
    """The small demo of each kind is opened in turn."""
    for kind in KINDS:
        page.emulate_media(color_scheme="light")
        page.goto(f"{own_demos.url}/demos/components.{kind}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert findings(page, COMPONENTS) == [], kind


@pytest.mark.parametrize(
    ("demo", "shown"), [("progress", "kitchen"), ("chart", "120 rows"), ("fake_diffusion", "4 pictures")]
)
def test_nothing_serious_is_found_in_results(page: Page, own_demos: Server, demo: str, shown: str) -> None:
    """Tables, scores, charts and pictures after a run, with a log and its times."""
    page.goto(f"{own_demos.url}/demos/{demo}")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("group", name="Outputs")).to_contain_text(shown)
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    assert findings(page) == []


def test_nothing_serious_is_found_in_a_conversation(page: Page, own_demos: Server) -> None:
    """Messages, thoughts and what can be done with them."""
    page.goto(f"{own_demos.url}/demos/assistant")
    page.get_by_role("textbox", name="Message").fill("Is it warm by the sea?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("24 degrees")
    assert findings(page) == []


@pytest.mark.parametrize("width", [390])
def test_nothing_serious_is_found_on_a_phone(page: Page, own_demos: Server, width: int) -> None:
    """Targets are large enough, and nothing is cut, on a narrow page with every input of a form."""
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{own_demos.url}/demos/synth")
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    assert findings(page) == []
