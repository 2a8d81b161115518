"""Functions of table.py."""


def total(rows, column: str):
    values = [row[column] if isinstance(row, dict) else row[1] for row in rows]
    return [[name, str(value)] for name, value in enumerate(values)], {"rows": 0.75, "columns": 0.25}


def on_total(rows, column):
    return total([[*row.values()] for row in rows or []], column)
