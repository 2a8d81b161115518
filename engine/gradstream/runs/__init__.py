"""The state of runs: their lives, the queue, what is kept of them; no transport and no process."""
