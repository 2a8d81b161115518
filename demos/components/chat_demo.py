import time


def reply(message, history):
    said = ""
    for word in f"You said *{message}*. We have spoken {len(history) // 2} times before.".split():
        said = f"{said} {word}".strip()
        yield said
        time.sleep(0.05)
