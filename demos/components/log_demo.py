import time


def survey(rooms):
    for room in range(1, rooms + 1):
        yield f"room {room}: {18 + room} °C"
        if room % 3 == 0:
            yield "warning", f"room {room} is draughty"
        time.sleep(0.2)
    yield [("debug", f"{rooms} rooms in all"), ("error", "the cellar is locked")]
