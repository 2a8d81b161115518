"""The ending or the type of a file, in other words: `png`, `*.PNG`, `image` -> `.png`, `.png`, `image/*`."""

from collections.abc import Mapping

MEDIA: Mapping[str, str] = {
    **dict.fromkeys(("image", "images", "picture", "pictures"), "image/*"),
    **dict.fromkeys(("audio", "sound", "sounds"), "audio/*"),
    **dict.fromkeys(("video", "videos"), "video/*"),
    **dict.fromkeys(("text", "texts"), "text/*"),
    "word": ".docx",
    "excel": ".xlsx",
    "powerpoint": ".pptx",
    "markdown": ".md",
}
"""What is meant by a word where the ending or the type of a file is wanted."""


def ending(word: str) -> str:
    """Return the ending or the type that a word means; a type stays as it is."""
    if "/" in word:
        return word
    bare = word.strip().lstrip("*.").lower()
    return MEDIA.get(bare, f".{bare}")
