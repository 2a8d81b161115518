"""Functions of chat_settings.py."""


def predict(msg, chat_hist, system_prompt, temperature):
    turns = len([user for user, bot in chat_hist])
    answer = f"[{system_prompt} at {temperature}] turn {turns}: {msg}"
    for word in range(1, len(answer.split()) + 1):
        yield " ".join(answer.split()[:word])


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


def on_predict(msg, system_prompt, temperature, history):
    return predict(msg, as_pairs(history), system_prompt, temperature)
