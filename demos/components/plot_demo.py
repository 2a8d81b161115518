import random

from matplotlib.figure import Figure


def walk(steps):
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    dice = random.Random(4)
    lines = []
    for step in range(steps):
        places = [0.0]
        for _ in range(200):
            places.append(places[-1] + dice.uniform(-1, 1))
        axes.plot(places)
        axes.set_title(f"Walk {step + 1}")
        lines.append({"type": "scatter", "y": places, "name": f"Walk {step + 1}"})
        yield figure, {"data": lines, "layout": {"title": {"text": "Walks"}}}
