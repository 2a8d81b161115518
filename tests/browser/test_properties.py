"""A function changes the form while it is filled in."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/city.yaml": """
gradstream: 1
title: City
inputs:
  country:
    type: radio
    choices: [France, Italy]
  city:
    type: dropdown
    choices: [none]
outputs:
  greeting: text
actions:
  cities:
    generator: city.cities
    live: true
    outputs: [city, greeting]
  greet:
    generator: city.greet
    inputs: [city]
    outputs: [greeting]
""",
    "demos/city.py": """
import gradstream

CITIES = {"France": ["Lyon", "Paris"], "Italy": ["Roma", "Torino"]}


def cities(country):
    locked = country == "Italy"
    city = gradstream.update(choices=CITIES[country], value="Paris" if not locked else "Roma",
                             label=f"City in {country}", interactive=not locked)
    return city, gradstream.update(visible=True, label=f"From {country}")


def greet(city):
    return f"Hello, {city}!"
""",
}


def test_choices_depend_on_another_field_and_are_accepted(page: Page, serve: Serve) -> None:
    """Choices, label and lock change with a live action; the server accepts a choice that it has made."""
    page.goto(f"{serve(FILES).url}/demos/city")
    page.get_by_label("France").check()
    city = page.get_by_label("City in France")
    expect(city).to_have_value("1")
    expect(page.get_by_role("heading", name="From France")).to_be_visible()
    city.select_option(label="Lyon")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_role("region", name="From France")).to_contain_text("Hello, Lyon!")
    page.get_by_label("Italy").check()
    expect(page.get_by_label("City in Italy")).to_be_disabled()
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_role("region", name="From Italy")).to_contain_text("Hello, Roma!")
