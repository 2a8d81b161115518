"""Components that go both ways, and actions that depend on each other, in a browser."""

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/ways.yaml": """
gradstream: 1
title: Both ways
actions:
  suggest:
    button: Suggest
    generator: ways.suggest
    outputs: [topic, photo]
  write:
    button: Write
    generator: ways.write
    inputs: [topic]
    outputs: [draft]
  size:
    button: Size
    generator: ways.size
    inputs: [photo]
    outputs: [answer]
  shout:
    button: Shout
    generator: ways.shout
    inputs: [draft]
    outputs: [answer]
  list:
    button: List
    generator: ways.list_prices
    inputs: []
    outputs: [prices]
  total:
    button: Total
    generator: ways.total
    inputs: [prices]
    outputs: [answer]
inputs:
  topic:
    type: text
    required: true
  photo:
    type: image
    as: pil
outputs:
  draft:
    type: text
    editable: true
  answer: text
  prices:
    type: table
    editable: true
""",
    "demos/ways.py": """
import numpy as np

def suggest():
    for topic in ("s", "se", "sea"):
        yield topic, np.zeros((3, 4, 3), np.uint8)

def write(topic):
    yield f"The {topic}"
    yield f"The {topic} is wide."

def size(photo):
    return str(photo.size)

def shout(draft):
    return draft.upper()

def list_prices():
    yield [{"what": "tea", "price": 2}]
    yield [{"what": "tea", "price": 2}, {"what": "milk", "price": 1.5}]

def total(prices):
    return f"{len(prices)} rows, {sum(row['price'] for row in prices)}"
""",
}


def test_one_component_both_ways(page: Page, serve: Serve) -> None:
    """A run writes into fields, which feed the next; a result is changed by the visitor and handed over."""
    page.goto(f"{serve(FILES).url}/demos/ways")
    page.get_by_role("button", name="Suggest").click()
    expect(page.get_by_label("Topic")).to_have_value("sea")
    expect(page.locator("gs-image-input img")).to_be_visible()
    page.get_by_role("button", name="Size").click()
    answer = page.locator("section", has=page.get_by_role("heading", name="Answer")).locator(".body")
    expect(answer).to_contain_text("(4, 3)")
    page.get_by_role("button", name="Write").click()
    draft = page.get_by_label("Draft", exact=True).get_by_role("textbox")
    expect(draft).to_have_value("The sea is wide.")
    draft.fill("My own words")
    page.get_by_role("button", name="Shout").click()
    expect(answer).to_contain_text("MY OWN WORDS")
    prices = page.get_by_label("Prices", exact=True)
    expect(prices.locator("input")).to_have_count(0)
    page.get_by_role("button", name="List").click()
    prices.get_by_label("price, row 2").fill("7")
    prices.get_by_role("button", name="Remove row 1").click()
    prices.get_by_role("button", name="Add a row").click()
    prices.get_by_label("price, row 2").fill("3")
    page.get_by_role("button", name="Total").click()
    expect(answer).to_contain_text("2 rows, 10")
    page.get_by_role("button", name="List").click()
    expect(prices.get_by_label("price, row 2")).to_have_value("1.5")
    page.reload()
    expect(page.get_by_label("Topic")).to_have_value("sea")


CHAIN = {
    "demos/chain.yaml": """
gradstream: 1
title: Chain
on_disconnect: keep
actions:
  plan:
    button: Plan
    generator: chain.plan
    inputs: [topic]
    outputs: [outline]
    then: tell
    stops: [clock]
  tell:
    button: Tell
    generator: chain.tell
    inputs: [outline]
    outputs: [story, count]
  clock:
    button: Clock
    generator: chain.clock
    inputs: []
    outputs: [time]
state:
  told: 0
inputs:
  topic: text
outputs:
  outline: text
  story: text
  count: number
  time: number
""",
    "demos/chain.py": """
import time
from pathlib import Path

GATE = Path(__file__).with_name("gate")

def plan(topic):
    yield f"First {topic}"
    while topic == "wait" and not GATE.exists():
        time.sleep(0.01)
    yield f"First {topic}, then the end."

def tell(outline, told):
    yield f"Told: {outline}", told + 1, told + 1

def clock():
    for second in range(100_000):
        yield second
        time.sleep(0.05)
""",
}


def test_a_chain_runs_to_its_end_once(page: Page, serve: Serve) -> None:
    """What follows is given what was left, stops what it should, and is not run again by a reload."""
    server = serve(CHAIN)
    page.goto(f"{server.url}/demos/chain")
    page.get_by_role("button", name="Clock").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.get_by_label("Topic").fill("a boat")
    page.get_by_role("button", name="Plan").click()
    story = page.get_by_text("Told: First a boat, then the end.")
    expect(story).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    count = page.get_by_label("Count", exact=True)
    expect(count).to_contain_text("1")
    page.reload()
    expect(story).to_be_visible()
    page.get_by_label("Topic").fill("wait")
    page.get_by_role("button", name="Plan").click()
    expect(page.get_by_text("First wait", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("First wait", exact=True)).to_be_visible()
    (server.folder / "demos" / "gate").touch()
    expect(page.get_by_text("Told: First wait, then the end.")).to_be_visible()
    # The reload of the finished chain has run nothing a second time.
    expect(count).to_contain_text("2")


LIVE = {
    "demos/sum.yaml": """
gradstream: 1
generator: sums.add
live: true
inputs:
  first: number
  operation:
    type: radio
    choices: [add, subtract]
  second: number
outputs:
  result: number
""",
    "demos/sums.py": """
def add(first, operation, second):
    return first + second if operation == "add" else first - second
""",
}


def test_a_live_action_waits_quietly_for_numbers_and_choices(page: Page, serve: Serve) -> None:
    """Nothing is run and nothing is red until all are there, and again when one is taken away."""
    page.goto(f"{serve(LIVE).url}/demos/sum")
    started: list[str] = []
    page.on("request", lambda request: started.append(request.method) if request.method == "POST" else None)
    page.get_by_label("First").fill("4")
    page.get_by_label("add").check()
    expect(page.locator(".failure, [aria-invalid=true]")).to_have_count(0)
    assert started == []
    page.get_by_label("Second").fill("3")
    result = page.locator("section", has=page.get_by_role("heading", name="Result"))
    expect(result.locator(".body")).to_contain_text("7")
    page.get_by_label("Second").fill("")
    page.get_by_label("First").fill("40")
    page.get_by_label("Second").fill("2")
    expect(result.locator(".body")).to_contain_text("42")
    expect(page.locator(".failure, [aria-invalid=true]")).to_have_count(0)


EVENTS = {
    "demos/shop.yaml": """
gradstream: 1
title: Shop
actions:
  find:
    button: false
    generator: shop.find
    inputs: [word]
    outputs: [goods]
    runs_on:
      submit: [word]
      clear: [word]
  show:
    button: false
    generator: shop.show
    inputs: []
    outputs: [chosen]
    runs_on:
      select: [goods, size]
inputs:
  word: text
  size:
    type: radio
    choices: [small, large]
outputs:
  goods: table
  chosen: text
""",
    "demos/shop.py": """
GOODS = {"apple": 3, "pear": 4, "plum": 2}

def find(word):
    return [{"name": name, "price": price} for name, price in GOODS.items() if word in name]

def show(event):
    return f"{event['component']} {event['row']} {event['column']} {event['value']}"
""",
}


def test_actions_run_on_what_a_visitor_does(page: Page, serve: Serve) -> None:
    """Enter, emptying a field, a cell by mouse and by keys, and a choice; no action has a button."""
    page.goto(f"{serve(EVENTS).url}/demos/shop")
    expect(page.get_by_role("button", name="Run")).to_have_count(0)
    page.get_by_label("Word").fill("p")
    page.get_by_label("Word").press("Enter")
    page.get_by_role("cell", name="pear").click()
    chosen = page.locator("section", has=page.get_by_role("heading", name="Chosen")).locator(".body")
    expect(chosen).to_contain_text("goods 1 name pear")
    page.get_by_role("cell", name="pear").press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(chosen).to_contain_text("goods 2 price 2")
    page.get_by_label("large").check()
    expect(chosen).to_contain_text("size None None large")
    page.get_by_label("Word").fill("plum")
    page.get_by_label("Word").press("Enter")
    expect(page.get_by_role("cell", name="pear")).to_have_count(0)
    page.get_by_label("Word").fill("")
    expect(page.get_by_role("cell", name="pear")).to_be_visible()
