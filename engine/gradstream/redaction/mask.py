"""Masks what no visitor and no log may see: values from the environment.

tracebacks, messages, log lines, output --hide--> the same with `HIDDEN` in place of each secret
text that grows --StreamMask--> the same, of which an end that may become a secret is held back

A secret is found as it is, as Python's `repr` or JSON writes it, and quoted in a URL (see `forms`); so
are its lines, because logs are read line by line, and long pieces of it. Secrets are masked before a text is
shortened or changed in any other way. Where code without access to the secrets has shortened a text and
written "…", the beginning of a secret before it is masked as well.

What is encoded otherwise, such as in base64, in upper case or in a picture, is not found.
"""

import functools
from collections.abc import Iterable, Iterator

from gradstream.redaction.forms import PIECE, SHORTEST_SECRET, forms_of, words_of

HIDDEN = "•••"

CUT = "…"

_GRAM = PIECE // 2
"""In any piece of `PIECE` characters, one of so many begins at a multiple of it: only those are looked up."""

_TRIES = 8
"""So many places are compared with the beginning of a secret one by one: usually there are one or two."""

_Span = tuple[int, int]


def hide(text: str, secrets: Iterable[str]) -> str:
    """Return the text with all secrets masked."""
    return mask_of(secrets).hide(text)


def mask_of(secrets: Iterable[str]) -> "Mask":
    """Return the mask of a set of secrets, which is made once."""
    return _mask_of(frozenset(secrets))


@functools.lru_cache(maxsize=256)
def _mask_of(secrets: frozenset[str]) -> "Mask":
    return Mask(secrets)


class Mask:
    """Masks one set of secrets."""

    def __init__(self, secrets: Iterable[str]) -> None:
        secrets = tuple(secrets)
        self._forms = forms_of(secrets)
        self._whole = frozenset(self._forms)
        words = words_of(secrets)
        self._grams = {word[at : at + _GRAM] for word in words for at in range(len(word) - _GRAM + 1)}
        self._pieces = {word[at : at + PIECE] for word in words for at in range(len(word) - PIECE + 1)}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mask."""
        return not self._forms

    def hide(self, text: str) -> str:
        """Return the text with all secrets masked, and with beginnings of secrets before a "…"."""
        if not self._forms:
            return text
        hidden = _replaced(text, self.spans(text))
        return self._hide_cut(hidden) if CUT in hidden else hidden

    def hide_open(self, text: str) -> str:
        """Return the same of a text that may go on: a beginning of a secret at its end is masked too."""
        if not self._forms:
            return text
        safe = self.safe_length(text, shortest=SHORTEST_SECRET, share=0.5)
        return self.hide(text[:safe]) + (HIDDEN if safe < len(text) else "")

    def safe_length(self, text: str, *, shortest: int, share: float = 0.0) -> int:
        """Return how much of a text can be shown while it may go on; see `begun_at`."""
        begun = self.begun_at(text, shortest=shortest, share=share)
        safe = len(text) if begun is None else begun
        for start, end in self.spans(text):
            if start < safe < end:
                # The end of one secret is the beginning of another, or of the same once more.
                safe = end
        return safe

    def spans(self, text: str) -> list[_Span]:
        """Return where secrets and long pieces of them are, from the first to the last, not overlapping."""
        found = sorted([*self._whole_spans(text), *self._piece_spans(text)])
        merged: list[_Span] = []
        for start, end in found:
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    def is_whole(self, text: str) -> bool:
        """Return whether a text is a secret as a whole, and not a piece that may go on."""
        return text in self._whole

    def may_become_secret(self, text: str) -> bool:
        """Return whether a text is, as a whole, the beginning of a secret."""
        return any(len(form) > len(text) and form.startswith(text) for form in self._forms)

    def begun_at(self, text: str, *, shortest: int, share: float = 0.0) -> int | None:
        """Return where the beginning of a secret at the text's end starts; None without one.

        It has at least `shortest` characters, and this share of the secret or `PIECE` characters.
        """
        starts = (
            _begins_at(text, form, shortest=max(shortest, min(PIECE, int(len(form) * share))))
            for form in self._forms
        )
        return min((start for start in starts if start is not None), default=None)

    @property
    def longest(self) -> int:
        """The length of the longest text that is masked."""
        return len(self._forms[0]) if self._forms else 0

    def _whole_spans(self, text: str) -> Iterator[_Span]:
        for form in self._forms:
            at = text.find(form)
            while at >= 0:
                yield at, at + len(form)
                at = text.find(form, at + len(form))

    def _piece_spans(self, text: str) -> Iterator[_Span]:
        """Yield each piece of `PIECE` characters; those of a longer one overlap."""
        grams, pieces, searched = self._grams, self._pieces, 0
        if not grams:
            return
        for hit in range(0, len(text) - _GRAM + 1, _GRAM):
            if text[hit : hit + _GRAM] not in grams:
                continue
            for at in range(max(searched, hit - _GRAM), hit + 1):
                if text[at : at + PIECE] in pieces:
                    yield at, at + PIECE
            searched = hit + 1

    def _hide_cut(self, text: str) -> str:
        *pieces, last = text.split(CUT)
        return CUT.join([*(self._without_beginning(piece) for piece in pieces), last])

    def _without_beginning(self, piece: str) -> str:
        begun = self.begun_at(piece, shortest=SHORTEST_SECRET)
        return piece if begun is None else piece[:begun] + HIDDEN


class StreamMask:
    """Masks one text that grows at its end, and of which nothing can be taken back."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._held = ""

    def add(self, text: str) -> str:
        """Return what can be shown now: all but an end that may be the beginning of a secret."""
        if self._mask.is_empty:
            return text
        text = self._held + text
        if self._mask.may_become_secret(text):
            self._held = text
            return ""
        safe = self._mask.safe_length(text, shortest=1)
        last = next(reversed(self._mask.spans(text)), None)
        if last is not None and last[1] == len(text) and not self._mask.is_whole(text[last[0] :]):
            # A piece of a secret that goes on.
            safe = min(safe, last[0])
        self._held = text[safe:]
        return self._mask.hide(text[:safe])

    def flush(self) -> str:
        """Return what was held back, as it is shown where nothing follows."""
        held, self._held = self._held, ""
        return self._mask.hide_open(held)


def _begins_at(text: str, form: str, *, shortest: int) -> int | None:
    end = text[max(0, len(text) - len(form) + 1) :]
    at, tried = end.find(form[:shortest]), 0
    while at >= 0 and tried < _TRIES:
        if form.startswith(end[at:]):
            return len(text) - len(end) + at
        at, tried = end.find(form[:shortest], at + 1), tried + 1
    if at < 0:
        return None
    length = _overlap(form, end)
    return None if length < shortest else len(text) - length


def _overlap(form: str, end: str) -> int:
    """Return how many characters the longest beginning of `form` has with which `end` ends.

    The algorithm of Knuth, Morris and Pratt: its steps are as many as both have characters, and half of them
    again, however alike these are.
    """
    back = [0] * len(form)
    length = 0
    for at in range(1, len(form)):
        while length and form[at] != form[length]:
            length = back[length - 1]
        length += form[at] == form[length]
        back[at] = length
    length = 0
    for sign in end:
        while length and (length == len(form) or sign != form[length]):
            length = back[length - 1]
        length += sign == form[length]
    return length


def _replaced(text: str, spans: Iterable[_Span]) -> str:
    pieces: list[str] = []
    shown = 0
    for start, end in spans:
        pieces += text[shown:start], HIDDEN
        shown = end
    return "".join([*pieces, text[shown:]]) if pieces else text
