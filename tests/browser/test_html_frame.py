"""HTML that a generator yields is shown, and can do nothing to the page or to the visitor."""

from playwright.sync_api import Browser, expect

from tests.conftest import Serve

HOSTILE = """
<h2 id=title>Report</h2>
<script>parent.hit = top.hit = 1; fetch("/api/demos/report/runs", {method: "POST"})</script>
<img src=x onerror="parent.postMessage({height: 12345}, '*'); document.title = 'hit'">
<svg onload="top.location = '/stolen'"></svg>
<iframe srcdoc="<script>top.hit = 1</script>"></iframe>
<iframe src="javascript:top.hit = 1"></iframe>
<meta http-equiv="refresh" content="0;url=/stolen">
<base href="/stolen/">
<link rel="stylesheet" href="/stolen.css">
<style>@import "/stolen.css"; body { background: url(/stolen.png) }</style>
<form action="/stolen"><button id=send>Send</button></form>
<a id=link href="javascript:top.hit = 1">link</a>
<div style="height: 100vh">as high as the frame</div>
"""

FILES = {
    "demos/report.yaml": "gradstream: 1\ngenerator: pages.report\noutputs:\n  report: html\n",
    "demos/pages.py": f"def report():\n    yield '<p>first</p>'\n    yield {HOSTILE!r}\n",
}


def test_nothing_in_html_reaches_the_page(browser: Browser, serve: Serve) -> None:
    """No script or handler runs, nothing is fetched or sent, and a document cannot grow without end."""
    # Not the usual tab: what the policy refuses here is what the browser is expected to complain of.
    page = browser.new_page()
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))
    server = serve(FILES)
    page.goto(f"{server.url}/demos/report")
    page.get_by_role("button", name="Run").click()
    frame = page.frame_locator("iframe[title=Report]")
    expect(frame.get_by_role("heading", name="Report")).to_be_visible()
    frame.locator("#send").click()
    frame.locator("#link").click()
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    page.wait_for_function("() => document.querySelector('iframe').offsetHeight > 0")
    assert page.evaluate("window.hit") is None
    assert page.url.startswith(f"{server.url}/demos/report")
    assert [url for url in answered if "stolen" in url] == []
    assert sum(url.endswith("/runs") for url in answered) == 1
    assert page.evaluate("document.querySelector('iframe').offsetHeight") < 3000
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    page.close()
