import time


def number(program):
    for count, line in enumerate(program.splitlines(), 1):
        yield f"{line:40}# {count}\n" if line else "\n"
        time.sleep(0.1)
