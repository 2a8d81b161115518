"""Functions of editors.py."""


def painted(im):
    return [] if im is None else [im["background"], im["layers"][0], im["composite"]]


def cut(picture):
    return (None, None) if picture is None else (picture["image"], picture["mask"])


def run(code, language):
    return f"{language}\n{code}", code.upper()


def totals(frame):
    rows = [[a, b, (a or 0) + (b or 0)] for a, b, _ in frame]
    return rows, [["rows", len(rows)]]


def fill():
    return [[1, 2, None], [3, 4, None]]


def draw(frame):
    return {"data": [{"type": "scatter", "y": [row[0] for row in frame]}], "layout": {"title": "Curve"}}


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


def on_painted(im):
    return painted(as_editor(im))


def on_totals(frame):
    return totals([[*row.values()] for row in frame or []])


def on_draw(frame):
    return draw([[*row.values()] for row in frame or []])
