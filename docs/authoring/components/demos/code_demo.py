import time

PROGRAM = """\
def greet(name):
    print(f"Hello, {name}!")


greet("world")
"""


def write():
    for line in PROGRAM.splitlines(keepends=True):
        yield line
        time.sleep(0.1)
