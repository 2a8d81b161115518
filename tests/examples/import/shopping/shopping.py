"""Functions of shopping.py."""

import datetime
import gradstream


def now():
    return datetime.datetime.now().strftime("%H:%M")


def add(item, items):
    if not item:
        raise gradstream.UserError("Write something first")
    items = items + [item]
    gradstream.log("Added")
    return items, "\n".join(items), "", f"{len(items)} items"


def clear():
    return [], "", gradstream.update(visible=True), "0 items"
