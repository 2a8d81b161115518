import time

SUMMARY = """\
## The tide

It comes in **twice a day**, because

1. the moon pulls at the sea,
2. the earth turns below it.
"""


def summarise():
    for word in SUMMARY.split(" "):
        yield word + " "
        time.sleep(0.05)
