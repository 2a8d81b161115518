"""The page gets each diagnostic's fields and the terminal's text."""

from gradstream.report.json import fields
from gradstream.report.page import for_page
from gradstream.report.terminal import render_one
from tests.unit.report.findings import SOURCE, finding


def test_fields_and_text() -> None:
    """What is on the page is what is in the terminal; fixes are for who may make them."""
    sources = {"demos/a.yaml": SOURCE}.get
    expected = {**fields(finding()), "text": render_one(finding(), sources=sources)}
    assert for_page([finding()], sources=sources, may_repair=True) == [expected]
    assert for_page([finding()], sources=sources) == [{**expected, "fixes": []}]
