"""Patterns of texts that mean the same here and on the page, and take no longer than the text is long."""
