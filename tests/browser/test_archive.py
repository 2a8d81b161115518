"""Several files that a function yields, downloaded as one archive."""

import zipfile

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/report.yaml": "gradstream: 1\noutputs: {parts: file}\ngenerator: made.parts\n",
    "demos/made.py": """
def parts():
    return [("a.txt", "one"), ("../a.txt", "two"), ("b.bin", bytes(1000))]
""",
}


def test_all_files_are_one_archive(page: Page, serve: Serve) -> None:
    """Each file is in it under a name of its own; where one is gone, that is said."""
    page.goto(f"{serve(FILES).url}/demos/report")
    page.get_by_role("button", name="Run").click()
    all_files = page.get_by_role("button", name="Download: 3 files")
    with page.expect_download() as download:
        all_files.click()
    assert download.value.suggested_filename == "parts.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {"a.txt": b"one", "a (2).txt": b"two", "b.bin": bytes(1000)}

    page.route("**/blobs/*", lambda route: route.abort())
    all_files.click()
    expect(page.locator(".out")).to_contain_text("The server could not be reached.")
