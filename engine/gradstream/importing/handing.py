"""Arguments as functions of the other tool are given them, where a kind here hands over something else.

{"image", "mask"} | drawing --as_editor--> {"background", "layers", "composite"}
[{"name": "Ada"}]           ------------> [["Ada"]]
"notes.txt"                 --AppFile---> "notes.txt", whose `name` is itself
datetime(2026, 5, 17, 9)    --as_timestamp--> 1779008400.0
"""

import ast

from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent

EDITORS = frozenset({"ImageEditor", "ImageMask", "Sketchpad"})
"""Components whose functions are given layers."""

TABLES = frozenset({"Dataframe", "DataFrame"})

FILES = frozenset({"File", "UploadButton"})

APP_FILE = '''\
class AppFile(str):
    """The path of a file, which the functions of the app read as its name."""

    @property
    def name(self):
        return str(self)
'''

MOMENT = "DateTime"
AS_TIMESTAMP = '''\
def as_timestamp(moment, zone=None):
    """Return a date, with or without a time of day, as seconds since 1970."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    if moment is None:
        return None
    return datetime(*moment.timetuple()[:6], tzinfo=zone and ZoneInfo(zone)).timestamp()
'''

AS_EDITOR = '''\
def as_editor(painted):
    """Return what was painted as a background, layers and a composite."""
    from numpy import asarray
    from PIL import Image

    if painted is None:
        return None
    if not isinstance(painted, dict):
        return {"background": painted, "layers": [painted], "composite": painted}
    image, mask = painted["image"], painted["mask"]
    is_array = not isinstance(image, Image.Image)
    if is_array:
        image, mask = Image.fromarray(image), Image.fromarray(mask)
    layer = Image.new("RGBA", image.size)
    layer.paste("white", mask=mask.convert("L"))
    composite = image.convert("RGBA")
    composite.alpha_composite(layer)
    parts = [each.convert(image.mode) for each in (image, layer, composite)]
    background, layer, composite = [asarray(each) for each in parts] if is_array else parts
    return {"background": background, "layers": [layer], "composite": composite}
'''


def has_layers(component: AppComponent, source: AppSource) -> bool:
    """Return whether functions are given what is painted in a component in layers."""
    return component.word in EDITORS and source.constant(component.given.get("type")) != "filepath"


def has_names(component: AppComponent, function: ast.AST | None, source: AppSource) -> bool:
    """Return whether a function reads the names of files that it is given."""
    is_path = component.word in FILES and source.constant(component.given.get("type")) != "binary"
    nodes = () if function is None or not is_path else ast.walk(function)
    return any(isinstance(each, ast.Attribute) and each.attr == "name" for each in nodes)


def is_date(component: AppComponent, source: AppSource) -> bool:
    """Return whether a component is a date without a time of day."""
    return component.word == MOMENT and source.constant(component.given.get("include_time")) is False


def helper(component: AppComponent, source: AppSource, function: ast.AST | None) -> str:
    """Return the text of what `handed` calls, if it calls something."""
    if has_layers(component, source):
        return AS_EDITOR
    if has_names(component, function, source):
        return APP_FILE
    return AS_TIMESTAMP if component.word == MOMENT and _type_of(component, source) == "timestamp" else ""


def _type_of(component: AppComponent, source: AppSource) -> object:
    default = "timestamp" if component.word == MOMENT else None
    return source.constant(component.given["type"]) if "type" in component.given else default


def handed(component: AppComponent, name: str, source: AppSource, function: ast.AST | None) -> str:
    """Return the argument by which a function is given a component of this name."""
    if has_layers(component, source):
        return f"as_editor({name})"
    if has_names(component, function, source):
        is_one = source.constant(component.given.get("file_count")) not in ("multiple", "directory")
        return f"{name} and AppFile({name})" if is_one else f"{name} and [AppFile(each) for each in {name}]"
    kind = source.constant(component.given.get("type")) if component.word in TABLES else None
    if kind == "array":
        return f"[[*row.values()] for row in {name} or []]"
    if component.word == MOMENT:
        return _moment(component, name, source)
    return f"None if {name} is None else {name}.to_numpy()" if kind == "numpy" else name


def _moment(component: AppComponent, name: str, source: AppSource) -> str:
    zone = source.constant(component.given.get("timezone"))
    match _type_of(component, source):
        case "timestamp":
            return f"as_timestamp({name}, {zone!r})" if isinstance(zone, str) else f"as_timestamp({name})"
        case "string":
            written = "%Y-%m-%d" if is_date(component, source) else "%Y-%m-%d %H:%M:%S"
            return f'{name} and f"{{{name}:{written}}}"'
        case _:
            return name
