"""Functions of validated.py."""


def checked(guests, town):
    return [
        (None if not guests or guests < 20 else "Twenty is too many"),
        (None if len(town) > 2 else f"There is no town {town}"),
    ]


def book(guests, town):
    return f"{guests} in {town}"


def empty():
    return ""


def on_checked(guests, town):
    return dict(zip(["guests", "town"], checked(guests, town)))
