"""Functions of painting.py."""


def guess(drawing):
    return drawing["composite"].mean()


def inpaint(editor, photo):
    return editor["layers"][0]
