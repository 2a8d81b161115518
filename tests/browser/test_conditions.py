"""What is shown depends on what is filled in."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/trip.yaml": """
gradstream: 1
title: Trip
generator: trip.plan
inputs:
  mode:
    type: radio
    choices: [simple, advanced]
    default: simple
  nights:
    type: slider
    maximum: 10
  hotel:
    type: text
    required: true
    show_if:
      any:
        - nights:
            minimum: 3
        - mode: advanced
  pace:
    type: number
    default: 4
    section: More
    show_if:
      mode: advanced
outputs:
  plan: text
  details:
    type: text
    show_if:
      mode: advanced
""",
    "demos/trip.py": """
def plan(mode, nights, hotel, pace):
    yield f"{mode}, {nights} nights in {hotel!r} at {pace}", f"at {pace}"
""",
}


def test_a_hidden_field_keeps_its_value_and_is_not_demanded(page: Page, serve: Serve) -> None:
    """Fields and results come and go with values of others, in the server's check too."""
    page.goto(f"{serve(FILES).url}/demos/trip")
    run, hotel = page.get_by_role("button", name="Run"), page.get_by_label("Hotel")
    plan, details = page.get_by_role("region", name="Plan"), page.get_by_role("region", name="Details")
    expect(run).to_be_visible()
    expect(hotel).to_be_hidden()
    expect(page.get_by_text("More", exact=True)).to_be_hidden()
    run.click()
    expect(plan).to_contain_text("simple, 0 nights in '' at 4")
    expect(details).to_be_hidden()
    page.get_by_label("advanced").check()
    expect(hotel).to_be_visible()
    expect(details).to_contain_text("at 4")
    run.click()
    expect(page.get_by_text("Hotel is required")).to_be_visible()
    expect(hotel).to_be_focused()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Pace").fill("7")
    hotel.fill("Ritz")
    page.get_by_label("simple").check()
    expect(hotel).to_be_hidden()
    run.click()
    expect(plan).to_contain_text("simple, 0 nights in 'Ritz' at 7")
