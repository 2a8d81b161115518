"""Which part of a yield goes to which output, and which to the state (format.md "Yields and outputs").

    one output      the yield is its value, even a mapping
    several         a tuple or list of exactly their number, or a mapping by name with only what changed
    with state      after the outputs, or by name
    `returns`       the outputs and the state in this order, or by name
    state alone     the yield is its value, or a tuple, or a mapping by name

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
from gradstream.worker.outputs.kept_state import is_another_type, plain_state
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
        returns: Sequence[str] = (),
        properties: Properties | None = None,
        warn: Callable[[str], None],
    ) -> None:
        self._writers = writers
        self._step = step
        self._outputs = tuple(writers)
        self._returns = tuple(returns)
        self._orders = self._possible_orders(tuple(bound_state) or tuple(state), tuple(state))
        self._sole = self._sole_name()
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
                    self._keep(name, part, is_by_name=parts is value)

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

    def _possible_orders(self, bound: tuple[str, ...], state: tuple[str, ...]) -> Sequence[tuple[str, ...]]:
        """Return what a tuple may consist of: with one output, a tuple of one value is that output's."""
        if self._returns:
            return [self._returns] if len(self._returns) > 1 else []
        orders = (self._outputs, (*self._outputs, *bound), (*self._outputs, *state))
        return [names for names in orders if len(names) > 1 or not self._outputs]

    def _sole_name(self) -> str | None:
        """Return what a yield that is not a tuple belongs to: one output, or one value of the state alone."""
        names = self._returns or self._outputs or self._orders[1]
        return names[0] if len(names) == 1 else None

    def _write(self, name: str, value: Any, *, is_last: bool) -> None:
        try:
            if self._properties is not None and is_update(value):
                value = self._properties.take(name, value)
            if value is not skip:
                self._writers[name].write(value, is_last=is_last)
        except UnusableYieldError as error:
            raise name_output(error, name) from error

    def _keep(self, name: str, value: Any, *, is_by_name: bool) -> None:
        kept = plain_state(name, value, warn=self._warn)
        if not (is_by_name or self._returns) and is_another_type(self.state[name], kept):
            self._warn(
                f"state `{name}`: {kind_name(self.state[name])} before, {kind_name(kept)} now; if the "
                "function does not return the outputs and then the state, write `returns` with its order"
            )
        self.state[name] = kept

    def _parts(self, value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping) and not is_update(value) and self._is_by_name(value):
            return value
        if isinstance(value, tuple) or (isinstance(value, list) and self._sole is None):
            for names in self._orders:
                if len(value) == len(names):
                    return dict(zip(names, value, strict=True))
        if value is None and not (self._outputs or self._returns):
            return {}
        if self._sole is None:
            raise self._misfit(value)
        return {self._sole: value}

    def _is_by_name(self, value: Mapping[Any, Any]) -> bool:
        """Return whether a mapping's keys are names; with one output, a mapping may be its value as well."""
        names = (*self._outputs, *self.state)
        unknown = [key for key in value if key not in names]
        if self._sole is not None:
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
        names = ", ".join(self._returns or self._outputs) or "none"
        places = f"{len(self._outputs)} outputs" if not self._returns else f"{len(self._returns)} names"
        where = " of `returns`" if self._returns else ""
        return UnusableYieldError(
            f"{what} for {places}{where} ({names}); accepted are a tuple with one value for each, or a "
            "mapping by name with only what has changed"
        )
