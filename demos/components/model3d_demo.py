import time
from math import cos, pi, sin
from pathlib import Path

STEPS = 4


def twist(model, quarters):
    lines = Path(model).read_text().splitlines()
    for step in range(quarters * STEPS + 1):
        yield "\n".join(turned(line, step / STEPS * pi / 2) for line in lines).encode()
        time.sleep(0.05)


def turned(line, angle):
    if not line.startswith("v "):
        return line
    x, y, z = map(float, line.split()[1:4])
    here = angle * y / 10
    return f"v {x * cos(here) - z * sin(here):.3f} {y} {x * sin(here) + z * cos(here):.3f}"
