"""Functions of chat_parameters.py."""

import time


def answer(message, history, system_prompt, temperature, max_tokens):
    files = message["files"]
    text = message["text"]
    reply = f"[{system_prompt} / {temperature} / {max_tokens}] {text} ({len(files)} files)"
    for i in range(0, len(reply), 8):
        time.sleep(0.001)
        yield reply[: i + 8]
