"""What an app keeps of its results: values by keys, in a parameter whose default is `gr.Cache()`.

def look_up(city, c=gr.Cache()): c.get(city)    --> look_up(city, c=MEMORY)
"""

CACHE = "Cache"
MEMORY = "MEMORY"

APP_CACHE = '''\
class AppCache:
    """Values that the functions of the app keep by keys, the latest 128 of them."""

    def __init__(self):
        self._held = {}

    def get(self, key):
        return self._held.get(key)

    def set(self, key, **values):
        self._held.pop(key, None)
        self._held[key] = values
        while len(self._held) > 128:
            del self._held[next(iter(self._held))]

    def keys(self):
        return list(self._held)


MEMORY = AppCache()
'''
