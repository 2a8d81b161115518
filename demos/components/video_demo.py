def twice(clip):
    yield clip
    yield clip
