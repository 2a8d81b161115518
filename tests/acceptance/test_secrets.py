"""What comes from the environment under `with` is never shown, logged or served."""

import httpx
import pytest

from tests.conftest import Serve
from tests.patience import PATIENCE_S

KEY_VALUE = "correct-horse-battery"
FILES = {
    "demos/keyed.yaml": (
        "gradstream: 1\ngenerator: made.keyed\ninputs:\n  how: text\n"
        "with:\n  key: ${GRADSTREAM_TEST_KEY}\noutputs:\n  text: text\n"
    ),
    "demos/made.py": (
        "from gradstream import log\n\n"
        "def keyed(how, key):\n"
        "    print('printed', key, flush=True)\n"
        "    log('logged ' + key)\n"
        "    yield 'right' if key.startswith('correct') else 'wrong'\n"
        "    raise RuntimeError('refused ' + key)\n"
    ),
}


def test_a_secret_reaches_the_generator_and_nobody_else(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The generator has the value; message, traceback, log lines, prints and the page's data have not."""
    monkeypatch.setenv("GRADSTREAM_TEST_KEY", KEY_VALUE)
    server = serve(FILES)
    headers = {"Accept": "text/event-stream"}
    body = {"inputs": {"how": "x"}}
    with httpx.Client(base_url=server.url, cookies=server.developer, timeout=PATIENCE_S) as client:
        events = client.post("/api/demos/keyed/runs", json=body, headers=headers).text
        page = client.get("/demos/keyed").text
        view = client.get("/api/demos/keyed").text
    assert "right" in events
    assert "logged •••" in events
    assert "refused •••" in events
    assert "Traceback" in events
    assert "${GRADSTREAM_TEST_KEY}" in page
    told = server.read_log(until="printed •••")
    for text in (events, page, told, view):
        assert KEY_VALUE not in text


SLASHES = "AKIA9/abcDEF/ghiJKL/mnoPQR+stu=="
LINES = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nBKcwggSjAgEAAoIBAQC7VJTU\n-----END KEY-----\n"
TELLING = {
    "demos/telling.yaml": (
        "gradstream: 1\ngenerator: made.tell\ninputs:\n  how: text\nprogress: tqdm\n"
        "title: Of ${GRADSTREAM_TEST_KEY}\ndescription: With ${GRADSTREAM_TEST_KEY}\n"
        "with:\n  key: ${GRADSTREAM_TEST_KEY}\n"
        "outputs:\n  text: text\n  added: {type: text, updates: append}\n"
    ),
    "demos/made.py": (
        "import logging\n"
        "import gradstream\n"
        "from tqdm import tqdm\n\n"
        "def tell(how, key):\n"
        "    print('printed', key, flush=True)\n"
        "    logging.getLogger('made').warning('logged %s', key)\n"
        "    print('x' * 16370, key, sep='', flush=True)\n"
        "    gradstream.log('told ' + key)\n"
        "    gradstream.progress(0.1, 'signing in with ' + key)\n"
        "    list(tqdm([1], desc='bar ' + key, unit=key))\n"
        "    yield 'right' if len(key) > 20 else 'wrong', 'begun '\n"
        "    for end in range(1, len(key)):\n"
        "        yield 'grown ' + key[:end], key[end - 1 : end]\n"
        "    yield 'token is ' + key, key[-1] + ' added'\n"
        "    text = {'short': 'refused ' + key, 'long': 'x' * 265 + ' ' + key}[how.split()[0]]\n"
        "    raise (gradstream.UserError if 'user' in how else RuntimeError)(text)\n"
    ),
    "demos/importing.yaml": (
        "gradstream: 1\ngenerator: imported.go\n"
        "with:\n  key: ${GRADSTREAM_TEST_KEY}\noutputs:\n  text: text\n"
    ),
    "demos/imported.py": (
        "import os\nraise RuntimeError('no ' + os.environ['GRADSTREAM_TEST_KEY'])\n\n"
        "def go(key):\n    yield key\n"
    ),
}


@pytest.mark.parametrize("value", [SLASHES, LINES], ids=["slashes", "lines"])
@pytest.mark.parametrize("options", [(), ("--no-dev",)], ids=["dev", "no-dev"])
def test_no_part_of_a_secret_is_told(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, value: str, options: tuple[str, ...]
) -> None:
    """Slashes, lines, and texts that are cut leave nothing of a secret: in events, in the log, on a page."""
    monkeypatch.setenv("GRADSTREAM_TEST_KEY", value)
    server = serve(TELLING, *options)
    told = ""
    for demo, how in [
        ("telling", "short"),
        ("telling", "long"),
        ("telling", "short user"),
        ("importing", ""),
    ]:
        inputs = {"how": how} if how else {}
        events = httpx.post(
            f"{server.url}/api/demos/{demo}/runs",
            json={"inputs": inputs},
            cookies=server.developer,
            headers={"Accept": "text/event-stream"},
            timeout=PATIENCE_S,
        ).text
        assert "event: failed" in events
        told += (
            events
            + httpx.get(f"{server.url}/api/demos/{demo}", cookies=server.developer, timeout=PATIENCE_S).text
        )
    assert "signing in with •••" in told
    assert "token is •••" in told
    assert " added" in told
    assert '"title":"Of •••"' in told
    assert "refused •••" in told
    told += server.read_log(until="logged •••")
    parts = [line for line in value.splitlines() if "KEY" not in line]
    assert [part for line in parts for part in (line, line[:8], line[8:16], line[-8:]) if part in told] == []
