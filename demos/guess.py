import random
from typing import Any

Rows = list[dict[str, Any]]


def try_it(number: int, secret: int, rows: Rows) -> dict[str, Any]:
    secret = secret or random.randint(1, 100)
    hint = "found" if number == secret else "higher" if number < secret else "lower"
    rows = [*rows, {"try": len(rows) + 1, "number": number, "hint": hint}]
    if hint == "found":
        tries = f"{len(rows)} tries" if len(rows) > 1 else "one try"
        return {"answer": f"**{number}** it is, after {tries}.", "tries": rows, "secret": 0, "rows": []}
    return {"answer": f"It is *{hint}* than {number}.", "tries": rows, "secret": secret, "rows": rows}


def give_up(secret: int) -> dict[str, Any]:
    said = f"It was {secret}. " if secret else ""
    return {"answer": f"{said}Here is another one.", "tries": [], "secret": 0, "rows": []}
