import numpy as np


def paint(ink):
    red, green, blue = (int(ink[at : at + 2], 16) for at in (1, 3, 5))
    across = np.arange(240)
    picture = np.full((120, 240, 3), 255, dtype=np.uint8)
    for end in range(40, 241, 40):
        height = 60 + 40 * np.sin(across[:end] / 24)
        for thickness in range(6):
            picture[height.astype(int) + thickness, across[:end]] = (red, green, blue)
        yield picture
