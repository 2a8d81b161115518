"""No folder of the server is in anything that a visitor reads, whatever fails."""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import Serve, Server
from tests.patience import PATIENCE_S

BODIES = {
    "missing": "open(HERE + '/models/none.bin')",
    "raised": "raise ValueError('cannot read ' + HERE + '/models/private.bin')",
    "told": "raise gradstream.UserError('cannot read ' + HERE + '/models/private.bin')",
    "surroundings": "raise gradstream.UserError(' '.join([sys.prefix + '/lib/x.py', os.getcwd() + '/a/b']))",
    "logged": "gradstream.log('at ' + HERE + '/models/a.bin'); gradstream.progress(1, HERE + '/b/c.bin')",
    "exits": "sys.exit(HERE + '/models/private.bin')",
    "unfit": "yield object()",
    "killed": "os._exit(3)",
}
STREAMED = "gradstream: 1\ngenerator: made.media\noutputs:\n  out:\n    type: {}\n    on_bad_chunk: {}\n"
YAML = "gradstream: 1\ngenerator: {}\noutputs:\n  out: {}\n"
SHARED = "worker:\n  shared: all\n"
FILES = {
    **{f"demos/{name}.yaml": YAML.format(f"made.{name}", "text") for name in BODIES},
    **{f"demos/{kind}_file.yaml": YAML.format("made.media", kind) for kind in ("audio", "video", "image")},
    **{
        f"demos/{kind}_{policy}.yaml": STREAMED.format(kind, policy)
        for kind in ("audio", "video")
        for policy in ("fail", "skip")
    },
    "demos/made.py": "import os, sys\nimport gradstream\nHERE = os.path.dirname(os.path.abspath(__file__))\n"
    + "".join(f"def {name}():\n    yield 'x'\n    {body}\n" for name, body in BODIES.items())
    + "def media():\n    yield HERE + '/models/out.ts'\n",
    "demos/importing.yaml": YAML.format("importing.go", "text"),
    "demos/importing.py": "raise RuntimeError('at ' + __file__)\ndef go(): yield 1\n",
    "demos/opening.yaml": YAML.format("opening.go", "text"),
    "demos/opening.py": "open('/etc/none/at/all')\ndef go(): yield 1\n",
    "demos/syntax.yaml": YAML.format("syntax.go", "text"),
    "demos/syntax.py": "def go(:\n",
    "demos/lacking.yaml": YAML.format("lacking.go", "text"),
    "demos/nameless.yaml": YAML.format("made.none", "text"),
    "demos/shared_one.yaml": YAML.format("same.go", "text") + SHARED,
    "demos/same.py": "def go(): yield 1\n",
    "demos/deep/shared_two.yaml": YAML.format("same.go", "text") + SHARED,
    "demos/deep/same.py": "def go(): yield 2\n",
    "demos/examples.yaml": YAML.format("made.told", "text") + "examples: /etc/passwd\n",
    "demos/takes.yaml": YAML.format("made.told", "text") + "inputs:\n  sound: audio\n",
}


def answers(server: Server) -> Iterator[tuple[str, str]]:
    """Yield everything that a visitor reads of each demo."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S) as client:
        yield "catalog", client.get("/api/demos").text
        yield "health", client.get("/health/ready").text
        upload = client.post("/api/uploads", files={"file": ("a.wav", b"RIFF-not")}).json()
        for demo in client.get("/api/demos").json()["demos"]:
            address = demo["address"]
            inputs = {"sound": upload} if address == "takes" else {}
            client.get(f"/api/demos/{address}?open=1")
            started = client.post(f"/api/demos/{address}/runs", json={"inputs": inputs})
            yield address, started.text
            if started.status_code == 201:
                run = started.headers["location"]
                yield address, client.get(f"{run}/events").text
                yield address, client.get(run).text
            yield address, client.get(f"/api/demos/{address}").text
            yield address, client.get(f"/demos/{address}", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("errors", ["hidden", "shown"])
def test_no_folder_of_the_server_is_read_by_visitors(serve: Serve, errors: str) -> None:
    """Neither the catalog's folder nor Python's, a run's or any other, in whatever message."""
    server = serve({**FILES, "gradstream.yaml": f"gradstream: 1\nerrors: {errors}\n"})
    own = Path(server.folder)
    folders = [str(one) for one in (own, own.resolve(), sys.prefix, Path.home(), tempfile.gettempdir())]
    found = {
        (address, folder, text[max(0, place.start() - 40) : place.end() + 40])
        for address, text in answers(server)
        for folder in [*folders, "/etc/"]
        for place in re.finditer(re.escape(folder) + r"(?!/?passwd)", text)
    }
    assert found == set()
    told = server.read_log(until="importing")
    assert str(server.folder) in told
