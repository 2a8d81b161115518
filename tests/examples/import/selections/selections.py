"""Functions of selections.py."""

import numpy as np

NAMES = ["dawn", "noon", "dusk"]


def pictures(count):
    return [(np.full((40, 60, 3), 60 * number, np.uint8), NAMES[number]) for number in range(int(count))]


def choose(evt: object):
    return f"You chose picture {evt.index}"


def cell(data: object, table):
    return f"{data.value} in row {data.index[0]} of {len(table)}, {data.index[1]}"


def point(image, evt: object):
    x, y = evt.index[0], evt.index[1]
    return f"{x}, {y}"


def mood(evt: object):
    return f"{evt.value}: {evt.selected}"


def typed(text):
    return text


class AppSelection:
    """What the functions of the app read of a selection."""

    def __init__(self, event):
        event = event or {"index": None, "value": None, "row": None, "column": None}
        row, column = event["row"], event["column"]
        is_pixel = isinstance(column, int)
        self.index = event["index"] if row is None else [column, row] if is_pixel else [row, column]
        self.value = event["value"]
        self.selected = True


def run():
    return np.zeros((40, 60, 3), np.uint8)


def on_choose(event):
    return choose(evt=AppSelection(event))


def on_cell(table, event):
    return cell(AppSelection(event), [[*row.values()] for row in table or []])


def on_point(image, event):
    return point(image, evt=AppSelection(event))


def on_mood(event):
    return mood(evt=AppSelection(event))


def start():
    return [['Ada', 36], ['Alan', 41]]
