"""Context variables of a run: a copy of those that its module has set, forgotten when the run ends.

NumPy's print options and error handling, the decimal context and many libraries' settings are context
variables. What a module sets while it is imported holds in its runs; what a run sets holds in that run only.
"""

import contextvars
import sys

from gradstream.worker.loading.importer import LoadedDemo


def variables_of(loaded: LoadedDemo) -> contextvars.Context:
    """Return a new context with what the demo's modules have set."""
    context = loaded.context.copy()
    context.run(_own_decimal_context)
    return context


def forget_variables(loaded: LoadedDemo) -> None:
    """Set all variables of the present context back: their values may be as large as any."""
    before = loaded.context
    for variable, value in contextvars.copy_context().items():
        if before.get(variable) is not value:
            variable.set(before.get(variable))


def _own_decimal_context() -> None:
    """Copy the decimal context, an object that is changed in place, so that no run changes another's."""
    decimal = sys.modules.get("decimal")
    if decimal is not None:
        decimal.setcontext(decimal.getcontext().copy())
