"""Functions of chat_pairs.py."""


def respond(message, chat_history):
    chat_history.append((message, "You said " + message))
    return "", chat_history


def as_messages(pairs):
    """Return pairs of what was said and what was answered as messages; a file is a tuple with its path."""
    from pathlib import Path

    messages = []
    for pair in pairs or []:
        for role, said in zip(("user", "assistant"), pair):
            content = Path(said[0]) if isinstance(said, tuple) else said
            if content is not None:
                messages.append({"role": role, "content": content})
    return messages


def as_pairs(messages):
    """Return messages as pairs of what was said and what was answered."""
    pairs = []
    for message in messages:
        if message["role"] == "user":
            pairs.append([message["content"], None])
        elif pairs:
            pairs[-1][1] = message["content"]
        else:
            pairs.append([None, message["content"]])
    return pairs


def converse(message, history):
    history = as_pairs(history[:-1])
    message, history = respond(message, history)
    return as_messages(history)
