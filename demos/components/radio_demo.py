GREETINGS = {"nl": "Goedemorgen", "fy": "Goemoarn"}


def greet(language):
    yield GREETINGS[language]
