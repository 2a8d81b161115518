"""What one output of one run shows, and how each yield changes it.

    yield --OutputComponent--> plain value --difference--> set | append | patch -> Lane -> RunOutbox

The difference is that between what is shown and what shall be; values that are added come as edits already.
"""

from collections.abc import Callable
from typing import Any, Protocol

from gradstream.components.registry import output_component
from gradstream.components.types import Joining, Pictorial, Plain, Store, Streamed, UnusableYield
from gradstream.events.types import Edit, Patch, Set
from gradstream.format.types import Output
from gradstream.worker.outputs.conversation import Conversation
from gradstream.worker.outputs.diff import difference
from gradstream.worker.outputs.ordered_delivery import Deliver, Lane
from gradstream.worker.outputs.stream_writer import Surroundings, make_stream_view
from gradstream.worker.sending.outbox import RunOutbox
from gradstream.worker.sending.records import record

Read = Callable[[Any], Plain]
"""Turns a yield into the plain value to show."""


class View(Protocol):
    """One output's. Both raise UnusableYield."""

    def show(self, value: Any, *, is_last: bool) -> None:
        """Take one step; `is_last` where it is known that no other follows."""

    def finish(self) -> None:
        """Tell what only the end of a run that succeeded makes known."""


class Way:
    """How an output's events go to the visitor: in line with those of all other outputs of the run."""

    def __init__(self, name: str, *, lane: Lane, outbox: RunOutbox) -> None:
        self._name = name
        self._lane = lane
        self._outbox = outbox

    def change(self, shown: Plain, new: Plain) -> None:
        """Tell the shortest thing that turns `shown` into `new`."""
        change = difference(shown, new)
        if change is None:
            self.put(Set(output=self._name, value=new))
        elif isinstance(change, str):
            self.grow(change)
        else:
            self.patch(change)

    def patch(self, edits: list[Edit]) -> None:
        """Tell that parts of the output's value have changed."""
        self.put(Patch(output=self._name, edits=edits))

    def grow(self, text: str) -> None:
        """Tell that the output's text has grown."""
        if self._lane.is_used:
            self._lane.pass_on(lambda: self._outbox.append(self._name, text))
        else:
            self._outbox.append(self._name, text)

    def put(self, event: Set | Patch) -> None:
        """Tell one event."""
        encoded = record(event)
        if self._lane.is_used:
            self._lane.pass_on(lambda: self._outbox.send(encoded))
        else:
            self._outbox.send(encoded)


class ReplaceView:
    """Each step takes the place of the last one."""

    def __init__(self, way: Way, *, read: Read) -> None:
        self._way = way
        self._read = read
        self._shown: Plain = None

    def show(self, value: Any, *, is_last: bool) -> None:
        """Tell the difference."""
        shown, self._shown = self._shown, self._read(value)
        self._way.change(shown, self._shown)

    def show_plain(self, new: Plain) -> None:
        """Tell the difference to a value that is plain already."""
        self._way.change(self._shown, new)
        self._shown = new

    def finish(self) -> None:
        """Tell nothing: all is told."""


class GrowView:
    """Each step is text at the end of what is shown."""

    def __init__(self, way: Way, *, read: Read) -> None:
        self._way = way
        self._read = read

    def show(self, value: Any, *, is_last: bool) -> None:
        """Tell the step itself."""
        text = self._read(value)
        if text:
            self._way.grow(text)

    def finish(self) -> None:
        """Tell nothing: all is told."""


class JoinView:
    """Each step is added by its kind's own rules."""

    def __init__(self, way: Way, *, output: Output, component: Joining) -> None:
        self._way = way
        self._output = output
        self._component = component
        self._shown: Plain = None

    def show(self, value: Any, *, is_last: bool) -> None:
        """Tell what is added."""
        if value is None:
            return
        joined = self._component.join(self._shown, value, self._output)
        if self._shown is None:
            self._way.change(None, joined.value)
        elif joined.edits:
            self._way.patch(joined.edits)
        self._shown = joined.value

    def finish(self) -> None:
        """Tell nothing: all is told."""


class PictureView:
    """Each picture is copied here and encoded elsewhere; the last one is told again, exactly."""

    def __init__(
        self, *, output: Output, component: Pictorial, lane: Lane, outbox: RunOutbox, store: Store
    ) -> None:
        self._outbox = outbox
        self._output = output
        self._component = component
        self._lane = lane
        self._store = store
        self._last: Any = None

    def show(self, value: Any, *, is_last: bool) -> None:
        """Put the picture in line; at once exact when no other follows."""
        if value is None:
            self._last = None
            cleared = record(Set(output=self._output.name, value=None))
            self._lane.pass_on(lambda: self._outbox.send(cleared))
            return
        snapshot = self._component.snapshot(value)
        self._last = None if is_last else snapshot
        self._lane.encode(lambda: self._make(snapshot, exact=is_last))

    def finish(self) -> None:
        """Tell the last picture again if anything of it was lost."""
        last = self._last
        if last is not None and self._component.is_lossy(last, self._output):
            self._lane.encode(lambda: self._make(last, exact=True))

    def _make(self, snapshot: Any, *, exact: bool) -> Deliver:
        try:
            final = exact and self._component.is_lossy(snapshot, self._output)
            value = self._component.compress(snapshot, self._output, self._store, exact=exact)
            encoded = record(Set(output=self._output.name, value=value, final=final))
        except UnusableYield as error:
            raise name_output(error, self._output.name) from error
        return lambda: self._outbox.send(encoded)


class HeldView:
    """Shows nothing until the run has succeeded: `streaming: false`."""

    def __init__(self, view: View, *, keeps_all: bool) -> None:
        self._view = view
        self._keeps_all = keeps_all
        self._values: list[Any] = []

    def show(self, value: Any, *, is_last: bool) -> None:
        """Remember the step: all of them when appending, else the last one."""
        if not self._keeps_all:
            self._values.clear()
        self._values.append(value)

    def finish(self) -> None:
        """Show what was remembered."""
        for value in self._values:
            self._view.show(value, is_last=not self._keeps_all)
        self._view.finish()


def name_output(error: UnusableYield, output: str) -> UnusableYield:
    """Return the same error, saying which output the value was for."""
    return UnusableYield(f"output `{output}`: {error}")


def make_view(output: Output, *, lane: Lane, outbox: RunOutbox, store: Store, around: Surroundings) -> View:
    """Return the view that an output's kind and `updates` ask for."""
    component = output_component(output.kind)
    if output.updates == "append" and isinstance(component, Streamed):
        return make_stream_view(output, component=component, around=around)
    way = Way(output.name, lane=lane, outbox=outbox)

    def read(value: Any) -> Plain:
        return component.encode(value, output, store)

    appends = output.updates == "append"
    view: View
    if appends and isinstance(component, Joining):
        view = JoinView(way, output=output, component=component)
    elif appends:
        view = GrowView(way, read=read)
    elif isinstance(component, Pictorial):
        view = PictureView(output=output, component=component, lane=lane, outbox=outbox, store=store)
    else:
        view = ReplaceView(way, read=read)
    return view if output.streaming else HeldView(view, keeps_all=appends)


def make_chat_view(
    output: Output, *, lane: Lane, outbox: RunOutbox, store: Store, conversation: Conversation
) -> View:
    """Return the view of a chat, and tell the conversation as it is before the generator says anything."""
    component = output_component(output.kind)

    def read(value: Any) -> Plain:
        return [*conversation.before, *component.encode(value, output, store)]

    view = ReplaceView(Way(output.name, lane=lane, outbox=outbox), read=read)
    view.show_plain(conversation.opening)
    return view if output.streaming else HeldView(view, keeps_all=False)
