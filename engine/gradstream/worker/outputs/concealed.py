"""Plain values without the texts that no visitor may see."""

from gradstream.format.values import Plain
from gradstream.redaction.mask import Mask


def conceal(value: Plain, mask: Mask) -> Plain:
    """Return the value with secrets masked in all of its texts and keys; the same one if there is no secret.

    A text may be one that goes on with the next yield: the beginning of a secret at its end is masked too.
    """
    return value if mask.is_empty else _concealed(value, mask)


def _concealed(value: Plain, mask: Mask) -> Plain:
    match value:
        case str():
            return mask.hide_open(value)
        case dict():
            return {mask.hide_open(key): _concealed(one, mask) for key, one in value.items()}
        case list():
            return [_concealed(one, mask) for one in value]
        case _:
            return value
