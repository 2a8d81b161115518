"""Functions of greeting.py."""


def greet(name, intensity):
    return "Hello, " + name + "!" * int(intensity)
