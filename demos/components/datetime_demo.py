from datetime import timedelta


def countdown(start):
    for left in range(5, 0, -1):
        yield f"{left} … ({start - timedelta(seconds=left):%H:%M:%S})"
    yield f"Off, on {start:%A}."
