"""Functions of painting.py."""


def guess(drawing):
    return 0 if drawing is None else drawing["composite"].mean()


def inpaint(editor, photo):
    return None if editor is None else editor["layers"][0]


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


def on_guess(drawing):
    return guess(as_editor(drawing))


def on_inpaint(editor, photo):
    return inpaint(as_editor(editor), photo)
