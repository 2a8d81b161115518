from datetime import timedelta


def week(first):
    for later in range(7):
        yield f"- {first + timedelta(days=later):%A, %d.%m.%Y}\n"
