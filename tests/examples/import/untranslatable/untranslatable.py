"""Functions of untranslatable.py."""

import some_missing_package


def who(request: object, text):
    return text if request is None else request.client.host


def show(text):
    return gr.Column(visible=True), text, some_missing_package.word(box.value)


def on_who(text):
    return who(None, text)


def on_show(text):
    _, out, text = show(text)
    return {"out": out, "text": text}
