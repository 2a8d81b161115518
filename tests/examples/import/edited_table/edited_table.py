"""Functions of edited_table.py."""


def load(n):
    return [[f"item {i}", i, i % 2 == 0] for i in range(int(n))]


def total(table):
    return sum(float(row[1] or 0) for row in table) if table else 0


def summary(table):
    return f"{len(table)} rows"


def on_total(table):
    return total([[*row.values()] for row in table or []])


def on_summary(table):
    return summary([[*row.values()] for row in table or []])
