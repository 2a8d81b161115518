def greet(loud):
    greeting = ""
    for word in ("Good", "morning", "to", "all"):
        greeting += f"{word.upper() if loud else word} "
        yield greeting
