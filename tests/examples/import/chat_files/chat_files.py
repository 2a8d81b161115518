"""Functions of chat_files.py."""

import os


def describe(message, history):
    answer = f"{len(history)} before. You said {message['text']!r}"
    for file in message["files"]:
        answer += f" and sent {os.path.basename(file)}"
        yield answer
    yield answer
