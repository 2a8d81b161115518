"""Functions of by_name.py."""


def add(data):
    return data["a"] + data["b"]


def sub(data):
    return {"c": data["a"] - data["b"], "said": f"{data['a']} less {data['b']}"}


def on_add(a, b):
    return add({"a": a, "b": b})


def on_sub(a, b):
    return sub({"a": a, "b": b})
