"""Shapes of other tools and of language models: recognised whole, reported once, in the author's words."""
