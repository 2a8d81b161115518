"""The events of a run, the journal that keeps them, and the feeds that read it."""
