"""Writes a list of which each yield has all items, such as a conversation; encodes only what changed.

yield --take_apart--> items --ne copies of the last ones--> changed items --encode--> edits | whole list
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from gradstream.components.plain import repair_texts
from gradstream.format.values import Plain
from gradstream.worker.outputs.diff import item_edits
from gradstream.worker.outputs.frozen import changed_indices, frozen_copy
from gradstream.worker.outputs.sender import OutputSender, Send

TakeApart = Callable[[Any], list[Any]]
EncodeItem = Callable[[Any], Plain]

_encoder = msgspec.json.Encoder()


class ItemsWriter:
    """Each step takes the place of the last one, behind the items `before`, which never change.

    What is kept is one list: its plain items, their sizes, and copies to compare the next yield with.
    """

    def __init__(
        self,
        sender: OutputSender,
        *,
        take_apart: TakeApart,
        encode: EncodeItem,
        before: Sequence[Plain] = (),
        remark: Callable[[Sequence[Plain]], None] | None = None,
    ) -> None:
        self._sender = sender
        self._take_apart = take_apart
        self._encode = encode
        self._remark = remark
        self._before = list(before)
        self._before_size = len(_encoder.encode(self._before))
        self._given: list[Any] = []
        self._items: list[Plain] = []
        self._sizes: list[int] = []
        self._is_shown = False
        self._opening: list[Plain] | None = None

    def open(self, items: Sequence[Plain]) -> None:
        """Send the list as it is before the first yield."""
        self._opening = [*self._before, *items]
        self._show(list(items), encode=lambda item: item)

    def write(self, value: Any, *, is_last: bool) -> None:
        """Send what differs from the last step."""
        self._show(self._take_apart(value), encode=self._encode)

    def hold(self, value: Any) -> Send:
        """Encode what differs from the last step; return what sends the last list held."""
        self._take(self._take_apart(value), encode=self._encode)
        return self._send_held

    def finish(self) -> None:
        """Remark on the last list: every step has been sent."""
        if self._remark is not None:
            self._remark(self._items)

    def _show(self, given: list[Any], *, encode: EncodeItem) -> None:
        shown = self._items
        changed = self._take(given, encode=encode)
        size = self._before_size + sum(self._sizes)
        edits = None
        if self._is_shown:
            edits = item_edits(shown, self._items, changed=changed, offset=len(self._before), size=size)
        if edits is None:
            self._is_shown = True
            self._sender.replace([*self._before, *self._items])
        else:
            self._sender.patch(edits)

    def _send_held(self) -> None:
        self._sender.change(self._opening, [*self._before, *self._items])
        self.finish()

    def _take(self, given: list[Any], *, encode: EncodeItem) -> list[int]:
        """Replace what differs from the last step, and return which of the items that both have.

        An array that was yielded again counts as changed until it is encoded.
        """
        suspected = changed_indices(self._given, given)
        self._items = self._items[: len(given)]
        del self._given[len(given) :], self._sizes[len(given) :]
        changed = [index for index in suspected if self._replace(index, given[index], encode=encode)]
        for index in range(len(self._items), len(given)):
            self._replace(index, given[index], encode=encode)
        return changed

    def _replace(self, index: int, given: Any, *, encode: EncodeItem) -> bool:
        """Encode the item at an index, or one past the end; return whether it is another one now."""
        before = self._items[index : index + 1]
        item = encode(given)
        try:
            size = len(_encoder.encode(item))
        except UnicodeEncodeError:
            item = repair_texts(item)
            size = len(_encoder.encode(item))
        self._items[index : index + 1] = [item]
        self._sizes[index : index + 1] = [size]
        self._given[index : index + 1] = [frozen_copy(given)]
        return before != [item] or _encoder.encode(before[0]) != _encoder.encode(item)
