"""Describe how a process ended."""

import signal


def describe_exit(code: int) -> str:
    """Describe how a process ended: `was killed by signal 9 (SIGKILL), often the out-of-memory killer`."""
    if code >= 0:
        return f"ended by itself with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown"
    why = {
        "SIGKILL": ", often the out-of-memory killer",
        "SIGSEGV": ", a fault in compiled code",
        "SIGABRT": ", by compiled code that gave up",
    }
    return f"was killed by signal {-code} ({name}){why.get(name, '')}"
