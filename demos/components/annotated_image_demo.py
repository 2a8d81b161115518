import time

import numpy as np

SIDE = 240


def find(discs):
    down, across = np.mgrid[:SIDE, :SIDE]
    places = np.random.default_rng(3).integers(30, SIDE - 30, (discs, 2))
    masks = [(across - x) ** 2 + (down - y) ** 2 < 24**2 for x, y in places]
    picture = np.full((SIDE, SIDE, 3), 0.9)
    for number, mask in enumerate(masks):
        picture[mask] = (0.2, 0.4, 0.7) if number % 2 else (0.8, 0.5, 0.3)
    found = []
    for number, (mask, (x, y)) in enumerate(zip(masks, places)):
        if number % 2:
            found.append((mask, "as a mask"))
        else:
            found.append(((x - 24, y - 24, x + 24, y + 24), "in a box"))
        yield picture, found
        time.sleep(0.2)
