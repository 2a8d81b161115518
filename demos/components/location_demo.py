def cut(photo, part, scale):
    left, top = part["x"], part["y"]
    piece = photo.crop((left, top, left + part["width"], top + part["height"]))
    for times in range(1, scale + 1):
        yield piece.resize((part["width"] * times, part["height"] * times))
