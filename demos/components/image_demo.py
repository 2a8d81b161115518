import time


def fade(photo):
    grey = photo.mean(axis=2, keepdims=True)
    height = len(photo)
    for part in range(1, 4):
        line = height * part // 6
        photo[:line] = grey[:line]
        yield photo
        time.sleep(0.1)
