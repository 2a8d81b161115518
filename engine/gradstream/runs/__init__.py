"""The state of runs: what may happen to one, who waits, what is kept. Knows no transport and no process."""
