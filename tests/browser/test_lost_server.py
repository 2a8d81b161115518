"""A server is killed in mid-run and started again: the page says what it knows, and keeps what it showed."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Serve, Server, write_catalog

FILES = {
    "demos/words.yaml": """
gradstream: 1
title: Words
generator: words.say
outputs:
  said:
    type: text
    updates: append
""",
    "demos/words.py": """
import itertools
import time

def say():
    for number in itertools.count():
        yield f"word{number} "
        time.sleep(0.05)
""",
}


def test_a_run_whose_server_was_killed_is_lost_and_what_it_said_stays(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    """The clock stands, Stop waits, and the new server's answer is told as a loss, not as a refusal."""
    server = Server(write_catalog(tmp_path / "catalog", FILES), log=tmp_path / "killed.log").__enter__()
    page.goto(f"{server.url}/demos/words")
    page.get_by_role("button", name="Run").click()
    said = page.get_by_role("region", name="Said")
    expect(said).to_contain_text("word5")
    server.kill()
    expect(said).to_contain_text("connection lost")
    expect(said.locator(".flow")).to_have_count(0)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(said).to_contain_text("stop not sent yet")
    page.get_by_role("button", name="Try now").click()
    serve(FILES, "--port", re.findall(r":(\d+)", server.url)[-1])
    expect(said).to_contain_text("The run was lost")
    expect(said).to_contain_text("word5")
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    expect(page.get_by_text("was not started")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("does not have the run in this address any more")).to_be_visible()
