from pathlib import Path


def count(tables):
    rows = ["file,lines"]
    for table in map(Path, tables):
        lines = len(table.read_text().splitlines())
        rows.append(f"{table.name},{lines}")
        yield {"lines": [{"file": table.name, "lines": lines}]}
    yield {"summary": ("lines.csv", "\n".join(rows))}
