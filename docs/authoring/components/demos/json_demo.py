import time


def look(sentence):
    words = sentence.split()
    details = {"letters": len(sentence), "words": []}
    for word in words:
        details["words"].append({"word": word, "letters": len(word)})
        yield details
        time.sleep(0.1)
