"""What somebody does who has to sign in."""

from playwright.sync_api import Browser, Page, expect

from tests.conftest import Serve

OF_ADA = "correct horse battery"
FILES = {
    "gradstream.yaml": "gradstream: 1\ntitle: Lab\naccess:\n  users:\n    ada: correct horse battery\n",
    "demos/hello.yaml": """
gradstream: 1
generator: hello.say
inputs:
  word: text
outputs:
  said: text
""",
    "demos/hello.py": "def say(word, session):\n    yield f\"{word}, {session['user']}\"\n",
}


def test_signing_in_and_out(page: Page, browser: Browser, serve: Serve) -> None:
    """A shared link leads to its demo after the form, without script too; out in one tab is out in all."""
    url = serve(FILES).url
    page.goto(f"{url}/demos/hello#word=Good+day")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("guessed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    expect(page.get_by_label("Name")).to_have_value("ada")
    expect(page.get_by_label("Password")).to_be_focused()
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").focus()
    page.keyboard.type(OF_ADA)
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Word")).to_have_value("Good day")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Said")).to_contain_text("Good day, ada")
    expect(page.get_by_title("Signed in as ada")).to_be_visible()

    other = page.context.new_page()
    other.goto(url)
    expect(other.get_by_title("Signed in as ada")).to_be_visible()
    page.goto(url)
    page.get_by_role("button", name="Sign out").click()
    for tab in (page, other):
        expect(tab.get_by_label("Password")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_text("Good day, ada")).to_have_count(0)

    plain = browser.new_context(java_script_enabled=False, locale="ar")
    still = plain.new_page()
    still.goto(f"{url}/demos/hello")
    assert still.locator("html").get_attribute("dir") == "rtl"
    still.locator("[name=name]").fill("ada")
    still.locator("[name=password]").fill(OF_ADA)
    still.keyboard.press("Enter")
    expect(still).to_have_title("Hello · Lab")
    plain.close()
