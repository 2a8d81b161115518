"""What functions of an app are given of a picture on which a visitor has painted."""

from typing import Any

import numpy as np
from PIL import Image

from gradstream.importing.handing import AS_EDITOR


def as_editor(painted: Any) -> Any:
    """Call the function that an import takes along."""
    names: dict[str, Any] = {}
    exec(AS_EDITOR, names)  # noqa: S102 (the text is ours)
    return names["as_editor"](painted)


def test_layers_are_white_where_something_was_painted() -> None:
    """Arrays and images of each number of channels have layers of the same kind."""
    mask = np.zeros((2, 3), np.uint8)
    mask[0, 1] = 255
    for shape in ((2, 3), (2, 3, 3), (2, 3, 4)):
        image = np.full(shape, 40, np.uint8)
        image[..., 3:] = 255
        for parts in (
            as_editor({"image": image, "mask": mask}),
            as_editor({"image": Image.fromarray(image), "mask": Image.fromarray(mask)}),
        ):
            background, (layer,), composite = map(parts.get, ("background", "layers", "composite"))
            assert type(background) is type(layer) is type(composite)
            assert np.array_equal(np.asarray(background), image)
            painted = np.asarray(layer).reshape(2, 3, -1)
            assert (painted[0, 1] == 255).all()
            assert not painted[mask == 0].any()
            whole = np.asarray(composite).reshape(2, 3, -1)
            assert (whole[0, 1] == 255).all()
            assert np.array_equal(whole[mask == 0], image.reshape(2, 3, -1)[mask == 0])


def test_a_drawing_is_every_part_of_itself() -> None:
    """A drawing alone is its background, its layer and its composite; nothing is nothing."""
    assert as_editor("drawing") == {
        "background": "drawing",
        "layers": ["drawing"],
        "composite": "drawing",
    }
    assert as_editor(None) is None
