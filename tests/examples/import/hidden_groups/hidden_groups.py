"""Functions of hidden_groups.py."""

import gradstream

ANSWERS = {"One": "Un", "Two": "Deux"}


def ask(word):
    return word.upper(), gradstream.update(visible=False)


def answer(word):
    return ANSWERS.get(word, "?"), gradstream.update(visible=True)


def more(is_more):
    if not is_more:
        return gradstream.update(visible=False)
    return gradstream.update(visible=True)


def shown_with(update, **values):
    """Return what shows or hides a component, as an update of the group around it does."""
    changes = getattr(update, "changes", {})
    visible = {"visible": changes["visible"]} if "visible" in changes else {}
    return gradstream.update(**visible, **values)


def on_ask(word):
    question, solution = ask(word)
    return {"question": question, "found": shown_with(solution), "note": shown_with(solution)}


def on_answer(word):
    found, solution = answer(word)
    return {"found": shown_with(solution, value=found), "note": shown_with(solution)}


def on_more(is_more):
    extras = more(is_more)
    return shown_with(extras)


def quieter_2(x):
    return x - 1


def start():
    return gradstream.update(visible=False), gradstream.update(visible=False), gradstream.update(visible=False)
