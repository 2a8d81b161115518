"""Functions of chat_blocks.py."""

import time


def user(user_message, history: list):
    return "", history + [{"role": "user", "content": user_message}]


def bot(history: list):
    history.append({"role": "assistant", "content": ""})
    for character in "You said it.":
        history[-1]["content"] += character
        time.sleep(0.01)
        yield history


def converse(user_message, history):
    history = history[:-1]
    user_message, history = user(user_message, history)
    yield history
    for history in bot(history):
        yield history


def clear_2():
    return None
