import time


def number(program):
    for count, line in enumerate(program.splitlines(), 1):
        yield f"{line:32}# {count}\n" if line else "\n"
        time.sleep(0.1)
