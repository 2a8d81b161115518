"""How long a test waits for what has to happen."""

PATIENCE_S = 180.0
"""Only a test that fails waits this long. A shorter wait could also mean that the machine is busy.

Shorter than the time limit of a test, so that the message says which wait it was."""
