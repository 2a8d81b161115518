"""Functions of following.py."""


def put_in(basket, article):
    return [*basket, article], ""


def take_out(basket):
    return basket[:-1]


def counted(basket):
    return len(basket)


def weighed(pieces, grams):
    return pieces * grams


def article_2(text):
    return len(text)


def celsius_2(degrees):
    return degrees * 1.8 + 32


def fahrenheit_2(degrees):
    return (degrees - 32) / 1.8
