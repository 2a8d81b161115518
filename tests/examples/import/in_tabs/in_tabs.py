"""Functions of in_tabs.py."""


def a(x): return x


def b(x): return x
