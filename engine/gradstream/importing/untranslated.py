"""Moments of the other tool that start nothing here: what to do in place of each.

msg.focus(fn)       -> 12: there is no action for `.focus`; its function is left out
chatbot.retry(fn)   -> 13: `.retry` is the page's own: it asks again; its function is left out
"""

from collections.abc import Mapping

OWN = {
    "clear": "it empties the conversation",
    "retry": "it asks the last question again",
    "undo": "it takes the last question back",
    "edit": "a message that is changed is answered anew",
    "copy": "it copies the answer",
}
"""What the page does in a conversation without a function."""

ADVICE: Mapping[str, str] = {
    "example_select": "`suggestions` of the chat are said at a click",
    "option_select": "`options` of a message are said at a click",
    "key_up": "write `live: true` below an action to run it while something is typed",
    "pause": "`runs_on` has `play`",
    "stop": "`runs_on` has `play`",
    "end": "`runs_on` has `play`",
    "unload": "what a function holds is released in its `finally`",
    "apply": "write `live: true` below an action to run it when the picture was painted",
}
"""What to write where there is something like it."""

UNFILLED: Mapping[str, str] = {
    "Button": "it is shown as it is at first",
    "Tab": "it is always there, and a visitor chooses it",
    "TabItem": "it is always there, and a visitor chooses it",
    "Tabs": "a visitor chooses the tab",
    "Timer": "visitors have a button to pause, and `every` of the action is its time",
}
"""What becomes of what a function cannot change."""

MOMENTS = (
    frozenset(OWN)
    | frozenset(ADVICE)
    | frozenset(
        {"collapse", "delete", "double_click", "download", "expand", "focus", "pause_recording"}
        | {"preview_close", "preview_open", "start_recording"}
    )
)


FETCHED = "copy the file beside the module, and write its path"
ABSENT: Mapping[str, str] = {
    "CSVLogger": "write the values down with Python's own `csv`",
    "get_audio": FETCHED,
    "get_file": FETCHED,
    "get_image": FETCHED,
    "get_model3d": FETCHED,
    "get_video": FETCHED,
    "load": "write a function that asks the model, as with `InferenceClient` of huggingface_hub",
}
"""What to write in place of functions of the other tool."""


def absent(word: str) -> str:
    """Return that something is of the other tool alone, and what there is in its place."""
    advice = f": {ABSENT[word]}" if word in ABSENT else ""
    return f"`{word}` is not there without the other tool{advice}"


def not_filled(what: str) -> str:
    """Return that what a function gives to this is dropped, and what is so in its place."""
    advice = f": {UNFILLED[what]}" if what in UNFILLED else ""
    return f"`{what}` cannot be filled; what is given to it is dropped{advice}"


def why(moment: str, *, is_chat: bool) -> str:
    """Return why a listener is left out, and what there is in its place."""
    if is_chat and moment in OWN:
        return f"`.{moment}` is the page's own, {OWN[moment]}; its function is left out"
    advice = f": {ADVICE[moment]}" if moment in ADVICE else ""
    return f"there is no action for `.{moment}`; its function is left out{advice}"
