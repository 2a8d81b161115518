"""Arguments as functions of the other tool are given them, where a kind here hands over something else.

{"image", "mask"} | drawing --as_editor--> {"background", "layers", "composite"}
[{"name": "Ada"}]           ------------> [["Ada"]]
"notes.txt"                 --AppFile---> "notes.txt", whose `name` is itself
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
    return f"None if {name} is None else {name}.to_numpy()" if kind == "numpy" else name
