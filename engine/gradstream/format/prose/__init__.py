"""Texts of a demo that are Markdown, and the files that they name."""
