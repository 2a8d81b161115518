"""Which part of a yield goes to which output, and which to the state (format.md "Yields and outputs").

    one output      the yield is its value, even a mapping
    several         a tuple or list of exactly their number, or a mapping by name with only what changed
    with state      after the outputs, or by name

`skip` in the place of a value, or of the whole yield, leaves things as they are. `update` in the place of a
value changes properties of the component. What one yield changes is one step, and so is what is sent at the
end.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from gradstream.authoring import skip
from gradstream.components.types import UnusableYieldError
from gradstream.format.wording import guess, kind_name, one_of
from gradstream.worker.outputs.kept_state import plain_state
from gradstream.worker.outputs.properties import Properties, is_update
from gradstream.worker.outputs.value_writers import AppendTextWriter
from gradstream.worker.outputs.writer import Writer, name_output


class Yields:
    """One run's. `state` has the visitor's values, and copies of what the generator has set.

    `step` is entered around what one yield writes to several outputs or changes by an update: see
    `Steps.together`. `warn` receives what of the state will not come back as it was set.
    """

    def __init__(
        self,
        writers: Mapping[str, Writer],
        *,
        step: Callable[[], AbstractContextManager[None]],
        state: Mapping[str, Any],
        bound_state: Sequence[str],
        properties: Properties | None = None,
        warn: Callable[[str], None],
    ) -> None:
        self._writers = writers
        self._step = step
        self._outputs = tuple(writers)
        self._bound_state = tuple(bound_state) or tuple(state)
        self.state = dict(state)
        self._properties = properties
        self._warn = warn
        self._only = writers[self._outputs[0]] if len(writers) == 1 and not state else None

    def take(self, value: Any, *, is_last: bool = False) -> None:
        """Write one yield; `is_last` where no other follows. Raises UnusableYieldError."""
        if value is skip:
            return
        if self._only is not None and not is_update(value):
            try:
                self._only.write(value, is_last=is_last)
            except UnusableYieldError as error:
                raise name_output(error, self._outputs[0]) from error
            return
        parts = self._parts(value)
        is_step = len(self._writers) > 1 or any(map(is_update, parts.values()))
        with self._step() if is_step else nullcontext():
            for name, part in parts.items():
                if part is skip:
                    continue
                if name in self._writers:
                    self._write(name, part, is_last=is_last)
                else:
                    self.state[name] = plain_state(name, part, warn=self._warn)

    def finish(self) -> None:
        """Write what becomes known only at the end of a run that succeeds."""
        with self._step() if len(self._writers) > 1 else nullcontext():
            for name, writer in self._writers.items():
                try:
                    writer.finish()
                except UnusableYieldError as error:
                    raise name_output(error, name) from error

    def flush(self) -> None:
        """Send text that was held back because it may have been the beginning of a secret; idempotent."""
        for writer in self._writers.values():
            if isinstance(writer, AppendTextWriter):
                writer.finish()

    def _write(self, name: str, value: Any, *, is_last: bool) -> None:
        try:
            if self._properties is not None and is_update(value):
                value = self._properties.take(name, value)
            if value is not skip:
                self._writers[name].write(value, is_last=is_last)
        except UnusableYieldError as error:
            raise name_output(error, name) from error

    def _parts(self, value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping) and not is_update(value) and self._is_by_name(value):
            return value
        if isinstance(value, tuple | list) and (len(self._outputs) != 1 or isinstance(value, tuple)):
            for names in (self._outputs, (*self._outputs, *self._bound_state), (*self._outputs, *self.state)):
                if len(value) == len(names) and (len(names) > 1 or len(self._outputs) != 1):
                    return dict(zip(names, value, strict=True))
        if len(self._outputs) == 1:
            return {self._outputs[0]: value}
        if value is None and not self._outputs:
            return {}
        raise self._misfit(value)

    def _is_by_name(self, value: Mapping[Any, Any]) -> bool:
        """Return whether a mapping's keys are names; with one output, a mapping may be its value as well."""
        names = (*self._outputs, *self.state)
        unknown = [key for key in value if key not in names]
        if len(self._outputs) == 1:
            return bool(value) and not unknown
        if unknown:
            close = guess(str(unknown[0]), names)
            hint = f"; did you mean {close}?" if close else ""
            raise UnusableYieldError(
                f"there is no output `{unknown[0]}`; the names are {one_of(names)}{hint}"
            )
        return True

    def _misfit(self, value: Any) -> UnusableYieldError:
        what = (
            f"{len(value)} values"
            if isinstance(value, tuple | list)
            else f"one value of type {kind_name(value)}"
        )
        names = ", ".join(self._outputs) or "none"
        return UnusableYieldError(
            f"{what} for {len(self._outputs)} outputs ({names}); accepted are a tuple with one value for "
            "each, or a mapping by name with only what has changed"
        )
