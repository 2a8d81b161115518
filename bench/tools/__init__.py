"""The compared tools, one adapter a file."""
