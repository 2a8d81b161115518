"""Functions of files.py."""

from pathlib import Path


def count_lines(paths, notes):
    lines = sum(len(Path(path).read_text().splitlines()) for path in paths or [])
    Path("report.txt").write_text(f"{lines} lines {notes or ''}")
    return "report.txt", [("lines", "n"), (str(lines), None)]


def largest(pictures):
    return max(pictures or [(None, "no pictures")], key=lambda each: len(each[1] or ""))[1]


def turned(mesh, turns):
    return mesh
