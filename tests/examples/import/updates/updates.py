"""Functions of updates.py."""

import gradstream

CITIES = {"France": ["Lyon", "Paris"], "Italy": ["Roma", "Torino"]}


def cities_of(country):
    return gradstream.update(choices=CITIES[country], value=CITIES[country][0], interactive=True)


def toggle(is_long):
    if is_long:
        return gradstream.update(visible=True), gradstream.update(lines=8)
    return gradstream.update(visible=False), gradstream.update(lines=2)


def describe(country, city, remark):
    return f"{city} in {country}. {remark}"


def start():
    return gradstream.update(visible=False)
