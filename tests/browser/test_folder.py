"""A folder that a visitor chooses or drops: sent with its names, or told to be too much before it is sent."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import Serve

FILES = {
    "demos/tree.yaml": """
gradstream: 1
inputs:
  photos: {type: file, folder: true, accept: .txt, max_files: 3, max_total: 1kB, required: true}
  lone: {type: file}
outputs: {said: text}
generator: made.listed
""",
    "demos/made.py": """
from pathlib import Path

def listed(photos, lone):
    root = Path(photos[0]).parents[len(Path(photos[0]).parts) - Path(photos[0]).parts.index("all") - 1]
    return ", ".join(f"{Path(path).relative_to(root.parent)}={Path(path).read_text()}" for path in photos)
""",
}

DROP = """(name) => {
  const file = (path) => ({
    isDirectory: false, fullPath: path, name: path.split("/").at(-1),
    file: (give) => give(new File(["dropped"], path.split("/").at(-1), { type: "text/plain" })),
  });
  const folder = {
    isDirectory: true, fullPath: "/all", name: "all",
    createReader: () => {
      const left = [[file("/all/deep/z.txt"), file("/all/y.txt")]];
      return { readEntries: (give) => give(left.pop() ?? []) };
    },
  };
  const event = new DragEvent("drop", { bubbles: true, cancelable: true });
  const dataTransfer = { items: [{ webkitGetAsEntry: () => folder }], files: [new File([], "all")] };
  Object.defineProperty(event, "dataTransfer", { value: dataTransfer });
  document.querySelector(`[id$="${name}"][type=file]`).closest(".drop").dispatchEvent(event);
}"""


def test_a_folder_is_sent_with_its_names(page: Page, serve: Serve, tmp_path: Path) -> None:
    """Chosen or dropped; what is not taken is left out with words, and what is too much is not sent."""
    folder = tmp_path / "all"
    for name in ("a.txt", "sub/b.txt", "sub/deeper/c.txt", "notes.md", ".hidden.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name[0])
    page.goto(f"{serve(FILES).url}/demos/tree")
    field = page.locator("gs-file-input").first
    chooser = field.locator("input[type=file]")
    chooser.set_input_files(folder)
    expect(field).to_contain_text("3 files")
    expect(field).to_contain_text("all/sub/deeper/c.txt")
    expect(field).to_contain_text("not taken here: 1, the first of them is all/notes.md.")
    page.get_by_role("button", name="Run").click()
    said = page.locator(".out").first
    expect(said).to_contain_text("all/a.txt=a")
    expect(said).to_contain_text("all/sub/deeper/c.txt=s")

    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "uploads" in request.url else None)
    (folder / "d.txt").write_text("d")
    chooser.set_input_files(folder)
    expect(field).to_contain_text("The folder has 4 files; at most 3 are taken.")
    (folder / "d.txt").unlink()
    (folder / "a.txt").write_text("a" * 1200)
    chooser.set_input_files(folder)
    expect(field).to_contain_text("The files of the folder have 1.2 kB; at most 1 kB are taken.")
    assert sent == []

    page.get_by_role("button", name="Remove all", exact=True).click()
    expect(field.locator("li")).to_have_count(0)
    page.evaluate(DROP, "photos")
    expect(field).to_contain_text("all/deep/z.txt")
    page.get_by_role("button", name="Run").click()
    expect(said).to_contain_text("all/deep/z.txt=dropped")
    page.evaluate(DROP, "lone")
    expect(page.locator("gs-file-input").nth(1)).to_contain_text(
        "all is a folder. Only files are taken here."
    )
