"""Words that people write out of habit, and the format's own word for the same thing.

A guess by spelling comes first everywhere else; these are the words whose spelling is of no help.
"""

import re
from collections.abc import Collection, Mapping

from gradstream.document.pasted.signs import plain
from gradstream.format.mistakes.foreign_keys import DEMANDED, HELD_BACK, WITHOUT
from gradstream.format.wording import guess

KEYS: Mapping[str, tuple[str, ...]] = {
    "source": ("sources",),
    "image_mode": ("channels",),
    "unit_of_measurement": ("unit",),
    "on_message": ("generator",),
    "on_submit": ("generator",),
    "on_click": ("generator",),
    "callback": ("generator",),
    "target": ("generator",),
    "uses": ("generator",),
    "run": ("generator",),
    "command": ("generator",),
    "call": ("generator",),
    "multiline": ("lines",),
    "regex": ("pattern",),
    "readme": ("description",),
    "article": ("description",),
    "subtitle": ("description",),
    "accumulate": ("updates",),
    "allow_custom_value": ("allow_custom",),
    "append": ("updates",),
    "arguments": ("with", "inputs"),
    "args": ("with", "inputs"),
    "audio": ("sound",),
    "audio_codec": ("codec",),
    "authors": ("author",),
    "auto": ("live",),
    "autorun": ("live",),
    "autostart": ("autoplay",),
    "bad_chunks": ("on_bad_chunk",),
    "button_label": ("button",),
    "callable": ("generator",),
    "caption": ("label", "title"),
    "chunked": ("streaming",),
    "columns_names": ("columns",),
    "constants": ("with",),
    "creatable": ("allow_custom",),
    "datatype": ("type",),
    "desc": ("description",),
    "download_as": ("download",),
    "duration": ("max_duration",),
    "enum": ("choices",),
    "encoder": ("codec",),
    "encoding": ("codec",),
    "entrypoint": ("generator",),
    "errors": ("on_bad_chunk",),
    "extension": ("download",),
    "file_format": ("format", "download"),
    "file_types": ("accept",),
    "filetypes": ("accept",),
    "fn": ("generator",),
    "format": ("download",),
    "frame_rate": ("fps",),
    "framerate": ("fps",),
    "frames_per_second": ("fps",),
    "func": ("generator",),
    "function": ("generator",),
    "handler": ("generator",),
    "ge": ("minimum",),
    "gt": ("minimum",),
    "le": ("maximum",),
    "lt": ("maximum",),
    "has_audio": ("sound",),
    "headers": ("columns",),
    "heading": ("title", "label"),
    "height": ("lines",),
    "help": ("description",),
    "hint": ("placeholder", "description"),
    "image": ("thumbnail",),
    "increment": ("step",),
    "info": ("description",),
    "initial": ("default",),
    "interactive": ("editable",),
    "interval": ("every",),
    "items": ("choices",),
    "kind": ("type",),
    "component": ("type",),
    "widget": ("type",),
    "control": ("type",),
    "element": ("type",),
    "field_type": ("type",),
    "input_type": ("type",),
    "output_type": ("type",),
    "min_value": ("minimum",),
    "max_value": ("maximum",),
    "minimum_value": ("minimum",),
    "maximum_value": ("maximum",),
    "default_value": ("default",),
    "initial_value": ("default",),
    "choice": ("choices",),
    **dict.fromkeys(("chart", "chart_type", "plot_type", "graph", "mark"), ("kind",)),
    "start": ("minimum",),
    "end": ("maximum",),
    "stop": ("maximum",),
    "lower": ("minimum",),
    "upper": ("maximum",),
    "doc": ("description",),
    "objects": ("choices",),
    "steps": ("step",),
    "step_size": ("step",),
    "placeholder_text": ("placeholder",),
    "submit_button": ("button",),
    "submit_label": ("button",),
    "run_button": ("button",),
    "display_name": ("label", "title"),
    "entry_point": ("generator",),
    "handler_fn": ("generator",),
    "live_update": ("live",),
    "live_updates": ("live",),
    "is_streaming": ("streaming",),
    "allow_multiple": ("multiple",),
    "type_": ("type",),
    "kwargs": ("with",),
    "lang": ("language",),
    "licence": ("license",),
    "mandatory": ("required",),
    "max": ("maximum",),
    "max_chars": ("max_length",),
    "max_file_size": ("max_size",),
    "maxlength": ("max_length",),
    "max_length": ("max_duration",),
    "max_seconds": ("max_duration",),
    "max_tokens": ("max_length",),
    "min": ("minimum",),
    "mode": ("updates",),
    "multi": ("multiple",),
    "multiselect": ("multiple",),
    "name": ("label", "title"),
    "num_top_classes": ("top",),
    "on_error": ("on_bad_chunk",),
    "optional": ("required",),
    "options": ("choices",),
    "output": ("outputs",),
    "input": ("inputs",),
    "params": ("with", "inputs"),
    "predict": ("generator",),
    "parameters": ("inputs", "with"),
    "rate": ("fps",),
    "reactive": ("live",),
    "refresh": ("every",),
    "rows": ("lines", "max_rows"),
    "save_as": ("download",),
    "secret": ("password",),
    "stream": ("streaming",),
    "submit": ("button",),
    "suffix": ("unit",),
    "summary": ("description",),
    "text": ("label", "placeholder"),
    "title": ("label",),
    "tooltip": ("description",),
    "value": ("default",),
    "values": ("choices",),
    "version": ("gradstream",),
    "accept_multiple_files": ("multiple",),
    "allowed_extensions": ("accept",),
    "allowed_file_types": ("accept",),
    "button_text": ("button",),
    "decimal_places": ("step",),
    "decimals": ("step", "precision"),
    "exclusive_maximum": ("maximum",),
    "exclusive_minimum": ("minimum",),
    "file_count": ("multiple",),
    "fields": ("inputs",),
    "high": ("maximum",),
    "index": ("default",),
    "initial_index": ("default",),
    "is_password": ("password",),
    "low": ("minimum",),
    "max_file_size_mb": ("max_size",),
    "max_selections": ("max_length",),
    "multiple_of": ("step",),
    "max_items": ("max_length",),
    "min_items": ("min_length",),
    "minlength": ("min_length",),
    "max_len": ("max_length",),
    "min_len": ("min_length",),
    "num_lines": ("lines",),
    "on_run": ("generator",),
    "option": ("choices",),
    "placeholder_value": ("placeholder",),
    "prefill": ("default",),
    "prompt": ("label", "placeholder"),
    "question": ("label",),
    "results": ("outputs",),
    "run_on_change": ("live",),
    "selected": ("default",),
    "selection_mode": ("multiple",),
    "stepsize": ("step",),
    "syntax": ("language",),
    "upload_types": ("accept",),
    "visible": ("show_if",),
    **dict.fromkeys(("depends_on", "show_when", "display_if", "condition", "if"), ("show_if",)),
    **dict.fromkeys(("validation", "validations", "constraints"), ("rules",)),
    **dict.fromkeys(("delta", "incremental"), ("updates",)),
    **dict.fromkeys(("debounce", "delay", "throttle"), ("after",)),
    **dict.fromkeys(("session_state", "variables", "store"), ("state",)),
    "visible_if": ("show_if",),
    "when": ("show_if",),
    "with_sound": ("sound",),
}

_FILE = "write `codec: auto`, and `download: {}` for the file that visitors take away"
_PICTURES = "remove the line: pictures are always H.264, and `codec` is about the sound"

VALUES: Mapping[str, Mapping[str, str]] = {
    "codec": {
        "mp3": _FILE.format("mp3"),
        "wav": _FILE.format("wav"),
        "pcm": _FILE.format("wav"),
        "mp4": _FILE.format("mp4"),
        "m4a": "write aac",
        "ogg": "write opus",
        "vorbis": "write opus",
        "h264": _PICTURES,
        "h.264": _PICTURES,
        "avc": _PICTURES,
        "x264": _PICTURES,
        "h265": _PICTURES,
        "hevc": _PICTURES,
        "vp9": _PICTURES,
        "av1": _PICTURES,
    },
    "download": {
        "aac": "write mp4, which holds aac as it is",
        "m4a": "write mp4, which is what an .m4a file is",
        "ogg": "write flac or mp3",
        "opus": "write mp4, which holds opus as it is",
        "webm": "write mp4",
        "mov": "write mp4",
        "ts": "write mp4",
    },
    "format": {
        "aac": "write m4a, which holds aac",
        "avi": "write mp4",
        "mkv": "write webm or mp4",
        "mov": "write mp4",
        "opus": "write ogg, which holds opus",
        "wma": "write mp3",
    },
    "on_bad_chunk": {
        "ignore": "write skip",
        "continue": "write skip",
        "raise": "write fail",
        "stop": "write fail",
    },
    "updates": {"add": "write append", "stream": "write append, and `streaming: true`"},
}
"""Words that are given to a key out of habit, where a list of the possible ones is not help enough."""

CHOICES: Mapping[str, str] = {
    "clipboard": "paste",
    **dict.fromkeys(("datetime", "timestamp", "time", "string", "varchar", "object"), "text"),
    **dict.fromkeys(("float", "double", "decimal", "numeric"), "number"),
    **dict.fromkeys(("int", "int64", "bigint"), "integer"),
    **dict.fromkeys(("bool", "boolean"), "checkbox"),
    "webcam": "camera",
    "mic": "microphone",
    "record": "microphone",
    "file": "upload",
    "disk": "upload",
    "draw": "sketch",
    "screenshare": "screen",
    **dict.fromkeys(("pil.image", "pil.image.image", "pillow"), "pil"),
    **dict.fromkeys(("np", "np.array", "np.ndarray", "ndarray", "array"), "numpy"),
    **dict.fromkeys(("filepath", "file_path", "filename", "str", "pathlib.path", "tempfile"), "path"),
    **dict.fromkeys(("dataframe", "pd.dataframe", "pd"), "pandas"),
}
"""Words for one of several choices, and the format's own word where that is among them."""

LINES: Mapping[tuple[str, str], str] = {
    ("accumulate", "updates"): "updates: append",
    ("append", "updates"): "updates: append",
    ("delta", "updates"): "updates: append",
    ("incremental", "updates"): "updates: append",
    ("multiline", "lines"): "lines: 4",
    ("secret", "password"): "password: true",
    ("version", "gradstream"): "gradstream: 1",
}
"""Keys that say by themselves what the format says with a value."""

LINES_BY_VALUE: Mapping[tuple[str, str, str], str] = {
    ("mode", "updates", "streaming"): "streaming: true",
    ("mode", "updates", "stream"): "streaming: true",
    ("file_count", "multiple", "multiple"): "multiple: true",
    ("file_count", "multiple", "single"): "multiple: false",
    ("file_count", "multiple", "directory"): "folder: true",
    ("selection_mode", "multiple", "multi"): "multiple: true",
    ("selection_mode", "multiple", "multiple"): "multiple: true",
    ("selection_mode", "multiple", "single"): "multiple: false",
}
"""Keys whose values are other words than the format's: key, the format's key, value."""

BEYOND: Mapping[str, str] = {
    "gt": "the number itself is allowed then",
    "lt": "the number itself is allowed then",
    "exclusive_minimum": "the number itself is allowed then",
    "exclusive_maximum": "the number itself is allowed then",
}
"""What is different after a key was written with the format's own word."""


def meant_key(name: str, known: Collection[str]) -> str | None:
    """Return the key of this mapping that was most likely meant, if any."""
    return synonym(name, known) or guess_key(name, known)


def meant_choice(name: str, known: Collection[str]) -> str | None:
    """Return the choice that was most likely meant, if any."""
    own = CHOICES.get(name.lower())
    return own if own in known else meant_key(name, known)


def synonym(name: str, known: Collection[str]) -> str | None:
    """Return the key that another tool's word stands for."""
    words = _words(name)
    if words in known:
        return words
    return next((each for each in KEYS.get(words, ()) if each in known), None)


def guess_key(name: str, known: Collection[str]) -> str | None:
    """Return the key that is spelled nearly so, with plain letters in place of those that look like them."""
    found = guess(plain(name), known)
    # The smallest is not a misspelling of the largest.
    return None if found and {name[:3].lower(), found[:3]} == {"min", "max"} else found


def without_key(name: str) -> str | None:
    """Return what to do about a key of other tools that the format does not have."""
    return WITHOUT.get(_words(name))


def withholds(name: str) -> bool:
    """Return whether a key of other tools asks something of visitors, or keeps something from them."""
    return without_key(name) in (HELD_BACK, DEMANDED)


def beyond(name: str) -> str:
    """Return what is different after a key was written with the format's own word; "" for nothing."""
    return BEYOND.get(_words(name), "")


def whole_line(name: str, key: str, value: object) -> str | None:
    """Return the line to write instead, where the key alone would not say it."""
    words = _words(name)
    if words in ("decimal_places", "decimals") and key == "step" and type(value) is int and 0 < value < 7:
        return f"step: {10**-value:.{value}f}"
    by_value = LINES_BY_VALUE.get((words, key, str(value).lower()))
    if by_value is not None:
        return by_value
    if name.lower() == "optional" and key == "required" and isinstance(value, bool):
        return f"required: {str(not value).lower()}"
    if value in (False, None):
        return None
    return LINES.get((name.lower(), key))


def meant_value(key: object, value: str) -> str | None:
    """Return what to do instead of giving this value to the key, if that is known."""
    return VALUES.get(str(key), {}).get(value.lower())


def _words(name: str) -> str:
    """Return a key in small letters, with `_` between its words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("-", "_").replace(" ", "_")
