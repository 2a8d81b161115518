"""Functions of chained.py."""

import time


def outline(topic):
    return f"First {topic}, then the end."


def tell(plan):
    for end in range(1, len(plan) + 1):
        time.sleep(0.001)
        yield plan[:end]


def words(story):
    return {"words": len(story.split())}


def run():
    return None
