"""What comes from the environment under `with` is never shown, logged or served."""

import httpx
import pytest

from tests.conftest import Serve

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
    events = httpx.post(f"{server.url}/api/demos/keyed/runs", json=body, headers=headers, timeout=30).text
    assert "right" in events
    assert "logged •••" in events
    assert "refused •••" in events
    assert "Traceback" in events
    page = httpx.get(f"{server.url}/demos/keyed").text
    assert "${GRADSTREAM_TEST_KEY}" in page
    told = server.read_log()
    assert "[keyed] printed •••" in told
    for text in (events, page, told, httpx.get(f"{server.url}/api/demos/keyed").text):
        assert KEY_VALUE not in text
