def shrink(photos, side):
    for photo, caption in photos:
        width, height = photo.size
        photo.thumbnail((side, side))
        yield photo, caption or f"{width} x {height}"
