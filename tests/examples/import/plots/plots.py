"""Functions of plots.py."""


def count(length):
    rows = []
    for step in range(int(length)):
        rows.append({"step": step, "square": step * step, "kind": "even" if step % 2 == 0 else "odd"})
        yield rows, rows, rows
