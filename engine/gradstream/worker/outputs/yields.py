"""Which part of a yield goes to which output, and which to the state (format.md "Yields and outputs").

    one output      the yield is its value, even a mapping
    several         a tuple or list of exactly their number, or a mapping by name with only what changed
    with state      after the outputs, or by name

`skip` in the place of a value, or of the whole yield, leaves things as they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gradstream.authoring import skip
from gradstream.components.types import UnusableYield
from gradstream.components.wording import enumerate_words, guess, kind_name
from gradstream.worker.outputs.writers import View, name_output


class Yields:
    """One run's. `state` has the visitor's values as the generator has set them."""

    def __init__(
        self, views: Mapping[str, View], *, state: Mapping[str, Any], bound_state: Sequence[str]
    ) -> None:
        self._views = views
        self._outputs = tuple(views)
        self._bound_state = tuple(bound_state) or tuple(state)
        self.state = dict(state)
        self._only = views[self._outputs[0]] if len(views) == 1 and not state else None

    def take(self, value: Any, *, is_last: bool = False) -> None:
        """Show one yield; `is_last` where no other follows. Raises UnusableYield."""
        if value is skip:
            return
        if self._only is not None:
            try:
                self._only.show(value, is_last=is_last)
            except UnusableYield as error:
                raise name_output(error, self._outputs[0]) from error
            return
        for name, part in self._parts(value).items():
            if part is skip:
                continue
            if name in self._views:
                self._show(name, part, is_last=is_last)
            else:
                self.state[name] = part

    def finish(self) -> None:
        """Show what only the end of a run that succeeded makes known."""
        for name, view in self._views.items():
            try:
                view.finish()
            except UnusableYield as error:
                raise name_output(error, name) from error

    def _show(self, name: str, value: Any, *, is_last: bool) -> None:
        try:
            self._views[name].show(value, is_last=is_last)
        except UnusableYield as error:
            raise name_output(error, name) from error

    def _parts(self, value: Any) -> Mapping[str, Any]:
        if isinstance(value, Mapping) and self._is_by_name(value):
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
        """Tell whether a mapping's keys are names; with one output, a mapping may be its value as well."""
        names = (*self._outputs, *self.state)
        unknown = [key for key in value if key not in names]
        if len(self._outputs) == 1:
            return bool(value) and not unknown
        if unknown:
            close = guess(str(unknown[0]), names)
            hint = f"; did you mean {close}?" if close else ""
            raise UnusableYield(
                f"there is no output `{unknown[0]}`; the names are {enumerate_words(names)}{hint}"
            )
        return True

    def _misfit(self, value: Any) -> UnusableYield:
        what = (
            f"{len(value)} values"
            if isinstance(value, tuple | list)
            else f"one value of type {kind_name(value)}"
        )
        names = ", ".join(self._outputs) or "none"
        return UnusableYield(
            f"{what} for {len(self._outputs)} outputs ({names}); accepted are a tuple with one value for "
            "each, or a mapping by name with only what has changed"
        )
