"""Arguments as functions of the other tool are given them, where a kind here hands over something else.

{"image", "mask"} | drawing --as_editor--> {"background", "layers", "composite"}
[{"name": "Ada"}]           ------------> [["Ada"]]
"""

from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent

EDITORS = frozenset({"ImageEditor", "ImageMask", "Sketchpad"})
"""Components whose functions are given layers."""

TABLES = frozenset({"Dataframe", "DataFrame"})

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


def handed(component: AppComponent, name: str, source: AppSource) -> str:
    """Return the argument by which a function is given a component of this name."""
    if has_layers(component, source):
        return f"as_editor({name})"
    kind = source.constant(component.given.get("type")) if component.word in TABLES else None
    if kind == "array":
        return f"[[*row.values()] for row in {name} or []]"
    return f"None if {name} is None else {name}.to_numpy()" if kind == "numpy" else name
