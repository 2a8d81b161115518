import math
import time


def cool(room):
    for minute in range(40):
        cup = room + (95 - room) * math.exp(-minute / 25)
        glass = room + (95 - room) * math.exp(-minute / 12)
        yield {"minute": minute, "cup": cup, "glass": glass}
        time.sleep(0.02)
