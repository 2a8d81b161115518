import time


def convert(places):
    for row in places:
        if row["celsius"] is not None:
            yield [[row["place"], row["celsius"] * 9 / 5 + 32, row["sky"]]]
            time.sleep(0.1)
