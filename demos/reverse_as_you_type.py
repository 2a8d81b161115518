"""An ordinary function, called at every key press."""


def backwards(text: str) -> str:
    """Return the text from its end to its beginning."""
    return text[::-1]
