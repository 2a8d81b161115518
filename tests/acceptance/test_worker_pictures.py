"""Pictures from a generator's yields to blobs, in real workers."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.acceptance.worker_lab import Lab, open_lab

LEVELS = "np.arange(400 * 500 * 3, dtype=np.uint32).reshape(400, 500, 3) * 7919 % 256"
"""A picture in which every level occurs in every channel."""

ARRAYS = {
    "float64": f"({LEVELS}) / 255",
    "float32": f"(({LEVELS}) / 255).astype(np.float32)",
    "float16": f"(({LEVELS}) / 255).astype(np.float16)",
    "uint8": f"({LEVELS}).astype(np.uint8)",
    "bool": f"({LEVELS}) > 99",
}


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    """Return a lab."""
    async with open_lab(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("dtype", ARRAYS)
async def test_the_last_picture_is_exact(lab: Lab, kind: str, dtype: str) -> None:
    """A generator that ends right after a picture leaves exactly its pixels, in every run."""
    demo = lab.write(
        "ends",
        "inputs: {}\noutputs:\n  out: image\n",
        f"import numpy as np\n{kind} run():\n    yield {ARRAYS[dtype]}\n",
    )
    array = eval(ARRAYS[dtype], {"np": np})  # noqa: S307 (the expression above, the same as in the demo)
    expected = array if dtype == "uint8" else np.rint(255 * array.astype(np.float64)).astype(np.uint8)
    for _ in range(5):
        run = await lab.run(demo)
        mime, data = run.blobs[run.outputs["out"]["blob"]]
        assert mime == "image/webp"
        with Image.open(io.BytesIO(data)) as image:
            assert np.array_equal(np.array(image), expected)
