"""`progress`, which a generator imports or has as its parameter `progress`.

    progress(0.3) | progress((3, 10)) | progress(3, total=10) --> RunContext.progress
    progress.tqdm(items) --each item--> RunContext.progress

Its calls are also those of the function of this name in Gradio, so that functions written for it work.
"""

import math
import weakref
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any, Final, Self

from gradstream.authoring import RunContext, current, outside


class ProgressReport:
    """The type of `progress`."""

    def __call__(
        self,
        done: float | tuple[float, float | None] | None,
        description: str | None = None,
        *,
        total: float | None = None,
        unit: str | None = None,
        desc: str | None = None,
    ) -> None:
        """Show the visitor how far the run is.

        `done` is a share in 0..1, or None when it cannot be known. With `total` it is a count: `progress(3,
        total=10, unit="files")`, or `progress((3, 10))`. NaN and infinity cannot be
        known either. `desc` is another name of `description`; one that is not text is converted by `str`.
        Raises TypeError if `done` or `total` is not a number.
        """
        if isinstance(done, tuple | list) and len(done) == 2:
            done, total = done
        number, count = _finite(done, name="done"), _finite(total, name="total")
        words = desc if description is None else description
        run = current()
        if run is not None:
            is_counted = total is not None
            run.progress(
                (number / count if number is not None and count else None) if is_counted else number,
                index=int(number) if is_counted and number is not None else None,
                total=None if count is None else int(count),
                unit=None if unit is None or not is_counted else str(unit),
                description=None if words is None else str(words),
            )
        elif (receiver := outside()) is not None:
            receiver.progress()

    def tqdm(
        self,
        iterable: Iterable[Any] | AsyncIterable[Any] | None = None,
        desc: str | None = None,
        total: float | None = None,
        unit: str | None = None,
        **_other: Any,
    ) -> "Bar":
        """Return the items of an iterable, which show how many have been worked on as they are taken.

        Without an iterable, `update(1)` counts. Other arguments of tqdm are accepted, and have no effect.
        """
        return Bar(self, iterable, desc=desc, total=total, unit=unit)

    def __repr__(self) -> str:
        return "gradstream.progress"


class Bar:
    """A loop that shows its progress. Of nested ones the outermost is shown, as long as it goes on."""

    def __init__(
        self,
        report: ProgressReport,
        iterable: Iterable[Any] | AsyncIterable[Any] | None,
        *,
        desc: str | None,
        total: float | None,
        unit: str | None,
    ) -> None:
        self._report = report
        self._iterable = iterable
        self._description = desc
        self._total = _length(iterable) if total is None else total
        self._unit = unit
        self._count: float = 0

    def __iter__(self) -> Iterator[Any]:
        if not isinstance(self._iterable, Iterable):
            raise TypeError(f"progress.tqdm was given {self._iterable!r:.60}, over which no loop can go")
        self._show()
        try:
            for item in self._iterable:
                yield item
                self.update()
        finally:
            self.close()

    async def __aiter__(self) -> AsyncIterator[Any]:
        if not isinstance(self._iterable, AsyncIterable):
            raise TypeError(f"progress.tqdm was given {self._iterable!r:.60}, which is not asynchronous")
        self._show()
        try:
            async for item in self._iterable:
                yield item
                self.update()
        finally:
            self.close()

    def __len__(self) -> int:
        if self._total is None:
            raise TypeError("this progress.tqdm has no length")
        return int(self._total)

    def __enter__(self) -> Self:
        self._show()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def update(self, n: float = 1) -> None:
        """Count `n` more."""
        self._count += n
        self._show()

    def set_description(self, desc: str | None = None, **_other: Any) -> None:
        """Show other words beside the bar."""
        self._description = desc
        self._show()

    def close(self) -> None:
        """Let another bar be shown."""
        run = current()
        if run is not None and _shown(run) is self:
            del _outermost[run]

    def _show(self) -> None:
        run = current()
        if run is not None:
            if _shown(run) is None:
                _outermost[run] = weakref.ref(self)
            if _shown(run) is not self:
                return
        if self._total is None and run is not None:
            run.progress(
                None, index=int(self._count), total=None, unit=self._unit, description=self._description
            )
        else:
            self._report(self._count, self._description, total=self._total or 0, unit=self._unit)


_outermost: weakref.WeakKeyDictionary[RunContext, weakref.ref[Bar]] = weakref.WeakKeyDictionary()


def _shown(run: RunContext) -> Bar | None:
    bar = _outermost.get(run)
    return None if bar is None else bar()


def _length(iterable: Any) -> int | None:
    try:
        return len(iterable)
    except TypeError:
        return None


def _finite(value: Any, *, name: str) -> float | None:
    """Return a number of any library as a float, None for what is not finite."""
    if value is None:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name} of progress is a number or None, not {value!r:.60}") from error
    if isinstance(value, str | bytes | bytearray):
        raise TypeError(f"{name} of progress is a number or None, not {value!r:.60}")
    return number if math.isfinite(number) else None


progress: Final = ProgressReport()
"""The one object of this type."""
