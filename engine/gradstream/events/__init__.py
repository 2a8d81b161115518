"""What a run tells, the journal that keeps it, and the feeds that read it."""
