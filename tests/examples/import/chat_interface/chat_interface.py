"""Functions of chat_interface.py."""

import random
import time

REPLIES = ["Yes", "No", "Perhaps"]


def respond(message, history, pace=0.01):
    text = f"{random.choice(REPLIES)}: {message}"
    for end in range(len(text)):
        time.sleep(pace)
        yield text[: end + 1]
