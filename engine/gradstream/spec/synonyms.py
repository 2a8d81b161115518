"""Words that people write out of habit, and the format's own word for the same thing.

A guess by spelling comes first everywhere else; these are the words whose spelling is of no help.
"""

from collections.abc import Collection, Mapping

from gradstream.spec.wording import guess

KEYS: Mapping[str, tuple[str, ...]] = {
    "allow_custom_value": ("allow_custom",),
    "arguments": ("with", "inputs"),
    "args": ("with", "inputs"),
    "authors": ("author",),
    "auto": ("live",),
    "autorun": ("live",),
    "button_label": ("button",),
    "callable": ("generator",),
    "caption": ("label", "title"),
    "columns_names": ("columns",),
    "constants": ("with",),
    "creatable": ("allow_custom",),
    "datatype": ("type",),
    "desc": ("description",),
    "entrypoint": ("generator",),
    "file_types": ("accept",),
    "filetypes": ("accept",),
    "fn": ("generator",),
    "func": ("generator",),
    "function": ("generator",),
    "handler": ("generator",),
    "headers": ("columns",),
    "heading": ("title", "label"),
    "height": ("lines",),
    "help": ("description",),
    "hint": ("placeholder", "description"),
    "image": ("thumbnail",),
    "increment": ("step",),
    "info": ("description",),
    "initial": ("default",),
    "interval": ("every",),
    "items": ("choices",),
    "kind": ("type",),
    "kwargs": ("with",),
    "lang": ("language",),
    "licence": ("license",),
    "max": ("maximum",),
    "max_chars": ("max_length",),
    "max_file_size": ("max_size",),
    "maxlength": ("max_length",),
    "max_tokens": ("max_length",),
    "min": ("minimum",),
    "mode": ("updates",),
    "multi": ("multiple",),
    "multiselect": ("multiple",),
    "name": ("label", "title"),
    "num_top_classes": ("top",),
    "options": ("choices",),
    "output": ("outputs",),
    "input": ("inputs",),
    "params": ("with", "inputs"),
    "parameters": ("inputs", "with"),
    "reactive": ("live",),
    "refresh": ("every",),
    "rows": ("lines", "max_rows"),
    "secret": ("password",),
    "stream": ("streaming",),
    "submit": ("button",),
    "suffix": ("unit",),
    "summary": ("description",),
    "text": ("label", "placeholder"),
    "tooltip": ("description",),
    "value": ("default",),
    "values": ("choices",),
    "version": ("gradstream",),
    "visible": ("show_if",),
    "visible_if": ("show_if",),
    "when": ("show_if",),
}

KINDS: Mapping[str, tuple[str, ...]] = {
    "bool": ("checkbox",),
    "boolean": ("checkbox",),
    "chatbot": ("chat",),
    "checkboxes": ("dropdown",),
    "checkboxgroup": ("dropdown",),
    "choice": ("radio",),
    "combobox": ("dropdown",),
    "dataframe": ("table",),
    "float": ("number",),
    "html": ("markdown",),
    "img": ("image",),
    "int": ("number",),
    "integer": ("number",),
    "label": ("scores", "text"),
    "classes": ("scores",),
    "md": ("markdown",),
    "multiselect": ("dropdown",),
    "password": ("text",),
    "photo": ("image",),
    "picture": ("image",),
    "range": ("slider",),
    "select": ("dropdown",),
    "str": ("text",),
    "string": ("text",),
    "switch": ("checkbox",),
    "textarea": ("text",),
    "textbox": ("text",),
    "toggle": ("checkbox",),
}

PLANNED: Mapping[str, tuple[str, ...]] = {
    "inputs": ("audio", "video", "file", "message", "table"),
    "outputs": ("audio", "video", "file"),
}
"""Kinds that the format knows and this version does not serve."""


def meant_key(name: str, known: Collection[str]) -> str | None:
    """Return the key of this mapping that was most likely meant, if any."""
    return _meant(name, known, KEYS)


def meant_kind(name: str, known: Collection[str]) -> str | None:
    """Return the kind that was most likely meant, if any."""
    return _meant(name, known, KINDS)


def _meant(name: str, known: Collection[str], table: Mapping[str, tuple[str, ...]]) -> str | None:
    habit = name.lower().replace("-", "_")
    candidates = table.get(habit, ())
    for candidate in candidates:
        if candidate in known:
            return candidate
    return guess(name, known)
