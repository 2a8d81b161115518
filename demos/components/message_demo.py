from pathlib import Path


def reply(message):
    answer = f"You wrote {len(message['text'])} characters"
    yield answer
    for file in map(Path, message["files"]):
        answer += f", and attached *{file.name}* of {file.stat().st_size} bytes"
        yield answer
