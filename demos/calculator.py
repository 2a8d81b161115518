"""Two numbers and what to do with them."""

from gradstream import UserError


def work_out(first: float, operation: str, second: float) -> float:
    """Return the result of one of the four operations; a division by zero is told to the visitor."""
    match operation:
        case "add":
            return first + second
        case "subtract":
            return first - second
        case "multiply":
            return first * second
        case _:
            if second == 0:
                raise UserError("Nothing can be divided by zero. Change the second number.")
            return first / second
