"""Functions of liked.py."""


def add(text, history):
    return "", history + [{"role": "user", "content": text}]


def answer(history):
    history.append({"role": "assistant", "content": ""})
    for letter in "Well, well.":
        history[-1]["content"] += letter
        yield history


def vote(data: object):
    word = "up" if data.liked else "down"
    print(f"voted {word} for {data.index}: {data.value}")


class AppLike:
    """What the functions of the app read of a press of the thumbs."""

    def __init__(self, index, liked, history):
        self.index = index
        self.liked = liked
        self.value = history[index]["content"]


def converse(text, history):
    history = history[:-1]
    text, history = add(text, history)
    yield history
    for history in answer(history):
        yield history


def on_vote(index, liked, history):
    return vote(data=AppLike(index, liked, history))
