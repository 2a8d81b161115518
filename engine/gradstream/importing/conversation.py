"""The functions of a conversation as one: the chain of events that a message starts in the other tool.

msg.submit(user, [msg, chat], [msg, chat]).then(bot, chat, chat)

def reply(message, history):                    `history` has the new message, which `user` appends itself
    message, history = user(message, history[:-1])
    for history in bot(history):
        yield history
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gradstream.importing.callees import Callee, arranged
from gradstream.importing.casting import Cast, holds_message
from gradstream.importing.components import is_chat
from gradstream.importing.handing import handed
from gradstream.importing.source import AppSource
from gradstream.importing.types import AppComponent, AppEvent, Page
from gradstream.importing.wrappers import UNUSED, returned

HISTORY = "history"
ASKING = frozenset({"button", "submit"})
PAIRS = re.compile(
    r"append\(\s*[(\[]|\+=?\s*\[\s*[(\[]|for\s+\w+\s*,\s*\w+\s+in\s+\w*(?:hist|chat)|\[-1\]\[[01]\]|,\s*None\s*[\])]"
)
"""What functions do to a history of pairs, and not to one of messages."""

UNPACKED = re.compile(r"for\s+\w+\s*,\s*\w+\s+in\s+\w*(?:hist|chat)")
"""Certainly pairs, even where messages are made of them."""

AS_PAIRS = '''\
def as_pairs(messages):
    """Return messages as pairs of what was said and what was answered."""
    pairs = []
    for message in messages:
        if message["role"] == "user":
            pairs.append([message["content"], None])
        elif pairs:
            pairs[-1][1] = message["content"]
        else:
            pairs.append([None, message["content"]])
    return pairs
'''
AS_MESSAGES = '''\
def as_messages(pairs):
    """Return pairs of what was said and what was answered as messages; a file is a tuple with its path."""
    from pathlib import Path

    messages = []
    for pair in pairs or []:
        for role, said in zip(("user", "assistant"), pair):
            content = Path(said[0]) if isinstance(said, tuple) else said
            if content is not None:
                messages.append({"role": role, "content": content})
    return messages
'''
AS_PART = '''\
def as_part(value):
    """Return what a component shows as a part of a message: a file of this machine by its path."""
    from pathlib import Path

    is_path = isinstance(value, str) and "://" not in value
    return Path(value) if is_path else value
'''


@dataclass(kw_only=True, eq=False)
class AppChat:
    """The events that a message starts, in turn, and the field that it is written into."""

    message: AppComponent
    chat: AppComponent
    chain: Sequence[AppEvent]
    has_pairs: bool

    def inputs(self) -> list[AppComponent]:
        """Return what is handed over beside the history, the message first."""
        given = [each for event in self.chain for each in event.inputs if not is_chat(each)]
        return list(dict.fromkeys([self.message, *given]))

    def outputs(self) -> list[AppComponent]:
        """Return what is filled; the field of the message is emptied by the page."""
        filled = [each for event in self.chain for each in event.outputs if each is not None]
        return [each for each in dict.fromkeys([self.chat, *filled]) if each is not self.message]


def find_conversation(page: Page, source: AppSource) -> AppChat | None:
    """Return the conversation of a page: what begins with a message and fills the chat."""
    for event in page.events:
        chain = [event, *followers(page, event)]
        chats = [each for one in chain for each in one.outputs if each is not None and is_chat(each)]
        message = next((each for each in event.inputs if holds_message(each)), None)
        is_asked = event.after is None and any(each.moment in ASKING for each in event.triggers)
        if is_asked and chats and message is not None:
            has_chat = any(chats[0] in (*one.inputs, *one.outputs) for one in chain)
            kept = chain if has_chat else [event]
            return AppChat(message=message, chat=chats[0], chain=kept, has_pairs=has_pairs(chats[0], source))
    return None


def has_pairs(chat: AppComponent, source: AppSource) -> bool:
    """Return whether the functions of an app have a conversation as pairs, and not as messages."""
    said = source.constant(chat.given.get("type"))
    text = source.data.decode()
    has_roles = re.search(r"[\"']role[\"']|role\s*=|ChatMessage", text) is not None
    if said in ("tuples", "messages"):
        return bool(said == "tuples")
    return UNPACKED.search(text) is not None or (not has_roles and PAIRS.search(text) is not None)


def followers(page: Page, event: AppEvent) -> Iterator[AppEvent]:
    """Yield the events that follow one, in turn."""
    for each in page.events:
        if each.after is not None and each.after[0] is event:
            yield each
            yield from followers(page, each)


def write_conversation(
    name: str, found: AppChat, cast: Cast, *, called: Callable[[AppEvent], Callee], source: AppSource
) -> str:
    """Return the text of the function; `called` has an event's function."""
    fields = [cast.names[each] for each in found.inputs()]
    outputs = [cast.names[each] for each in found.outputs()]
    callees = {event: called(event) for event in found.chain}
    steps = any(callee.is_generator for callee in callees.values()) or len(found.chain) > 1
    is_async = any(callee.is_async for callee in callees.values())
    chat = cast.names[found.chat]
    shown = f"as_messages({HISTORY})" if found.has_pairs else HISTORY
    values = {each: shown if each == chat else each for each in outputs}
    value = returned(values, is_by_name=outputs != [chat])
    tools = dict.fromkeys(one for callee in callees.values() for one in callee.tool_parameters(source))
    lines = [f"{'async ' if is_async else ''}def {name}({', '.join([*fields, HISTORY, *tools])}):"]
    lines.append(f"    {HISTORY} = {f'as_pairs({HISTORY}[:-1])' if found.has_pairs else f'{HISTORY}[:-1]'}")
    for event, callee in callees.items():
        lines += _step(event, callee, cast, found, source, value if steps else "")
    return "\n".join([*lines, *([] if steps else [f"    return {value}"])]) + "\n"


def _step(
    event: AppEvent, callee: Callee, cast: Cast, found: AppChat, source: AppSource, value: str
) -> Iterator[str]:
    def local(component: AppComponent | None) -> str:
        if component is None:
            return UNUSED
        return HISTORY if component is found.chat else cast.names[component]

    if found.has_pairs and event is not found.chain[0] and found.chat in event.inputs:
        yield f"    {HISTORY} = [list(pair) for pair in {HISTORY} or []]"
    given = [handed(each, local(each), source, callee.node) for each in event.inputs]
    arguments = arranged(callee, given, source)
    call = f"{callee.text}({', '.join(arguments)})"
    targets = ", ".join(map(local, event.outputs)) or UNUSED
    asynchronous = callee.is_async
    if callee.is_generator:
        yield f"    {'async ' if asynchronous else ''}for {targets} in {call}:"
        yield f"        yield {value}" if value else "        pass"
        return
    yield f"    {targets} = {'await ' if asynchronous else ''}{call}"
    if value and found.chat in event.outputs:
        yield f"    yield {value}"
