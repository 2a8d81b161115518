import time


def visit(places):
    for place in places:
        yield f"- to the **{place}**\n"
        time.sleep(0.1)
