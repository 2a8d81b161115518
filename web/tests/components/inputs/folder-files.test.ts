/** The files of a folder, chosen or dropped: all of them with their paths, but for hidden ones. */
import { expect, test } from "vitest";
import { chosenFiles, filesIn, MOST_READ } from "../../../src/components/inputs/folder-files.ts";

type Tree = Readonly<Record<string, unknown>>;

/** A browser's entry of a folder, whose children come two at a time. */
function folder(path: string, tree: Tree): FileSystemEntry {
  const entries = Object.entries(tree).map(([name, content]) =>
    typeof content === "object" ? folder(`${path}/${name}`, content as Tree) : file(`${path}/${name}`),
  );
  const createReader = () => {
    const left = [...entries];
    return {
      readEntries: (give: (some: FileSystemEntry[]) => void) => {
        give(left.splice(0, 2));
      },
    };
  };
  return { isDirectory: true, fullPath: path, createReader } as unknown as FileSystemEntry;
}

function file(path: string): FileSystemEntry {
  const give = (take: (file: File) => void): void => {
    take(new File(["x"], path));
  };
  return { isDirectory: false, fullPath: path, file: give } as unknown as FileSystemEntry;
}

test("a dropped folder is read to its depths, and hidden files are left out", async () => {
  const tree = {
    "b.txt": "",
    a: { "1.txt": "", "2.txt": "", "3.txt": "" },
    ".git": { config: "" },
    ".DS_Store": "",
  };
  const found = await filesIn([folder("/all", tree), file("/lone.txt")]);
  expect(found.map(({ path }) => path)).toEqual([
    "all/a/1.txt",
    "all/a/2.txt",
    "all/a/3.txt",
    "all/b.txt",
    "lone.txt",
  ]);
});

test("a folder without end is not read to its end", async () => {
  const endless = (path: string): FileSystemEntry =>
    ({
      isDirectory: true,
      fullPath: path,
      createReader: () => ({
        readEntries: (give: (some: FileSystemEntry[]) => void) => {
          give(Array.from({ length: 5000 }, (_, index) => file(`${path}/${index}`)));
        },
      }),
    }) as unknown as FileSystemEntry;
  expect((await filesIn([endless("/a")])).length).toBe(MOST_READ);
});

test("a folder that cannot be read rejects", async () => {
  const closed = {
    isDirectory: false,
    file: (_: unknown, fail: (reason: Error) => void) => {
      fail(new Error("no"));
    },
  };
  await expect(filesIn([closed as unknown as FileSystemEntry])).rejects.toThrow("no");
});

test("a chosen folder has the paths that the browser gives", () => {
  const inside = Object.assign(new File(["x"], "a.txt"), { webkitRelativePath: "all/a.txt" });
  const hidden = Object.assign(new File(["x"], ".x"), { webkitRelativePath: "all/.x" });
  expect(chosenFiles([inside, hidden]).map(({ path }) => path)).toEqual(["all/a.txt"]);
});
