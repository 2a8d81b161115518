"""Functions of named_files.py."""

from pathlib import Path


def sizes(papers, cover):
    found = {Path(each.name).name: Path(each.name).stat().st_size for each in papers or []}
    return found | ({"cover": Path(cover.name).suffix} if cover else {})


class AppFile(str):
    """The path of a file, which the functions of the app read as its name."""

    @property
    def name(self):
        return str(self)


def on_sizes(papers, cover):
    return sizes(papers and [AppFile(each) for each in papers], cover and AppFile(cover))
