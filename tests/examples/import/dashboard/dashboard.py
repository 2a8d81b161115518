"""Functions of dashboard.py."""

import random
from datetime import datetime

random.seed(7)
readings = []


def now():
    return datetime.now().strftime("%H:%M:%S")


def measure(places):
    readings.append({"place": places, "degrees": random.randint(10, 30)})
    del readings[:-20]
    return list(readings), len(readings)
