/** The files of a folder that is chosen or dropped, each with its path in it. Hidden files are left out. */
import { words } from "../../words.ts";
import { englishFolder, type FolderWords } from "../../words/folder/en.ts";

export interface FolderFile {
  readonly file: File;
  /** From the folder's own name on, with slashes. */
  readonly path: string;
}

/** A folder of more entries is not read to its end: no input takes as many. */
export const MOST_READ = 20_000;

/** English words come with this file. */
export function folderWords(): FolderWords {
  return words.folder ?? englishFolder;
}

export function chosenFiles(files: readonly File[]): readonly FolderFile[] {
  return files
    .map((file) => ({ file, path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath }))
    .filter(isShown);
}

/** What is dropped, as entries, which a browser gives only while it handles the event. */
export function entriesOf(transfer: DataTransfer | null): readonly FileSystemEntry[] {
  // What is dragged from a page may have no items, or texts only.
  const items = [...(transfer?.items ?? [])];
  return items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
}

/** All files of what is dropped, in the order of their paths; rejects for a folder that cannot be read. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly FolderFile[]> {
  const found: FolderFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry !== undefined && found.length < MOST_READ; entry = waiting.pop()) {
    if (entry.isDirectory) waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
    else found.push(await fileOf(entry as FileSystemFileEntry));
    if (waiting.length > MOST_READ) waiting.length = MOST_READ;
  }
  return found.filter(isShown).toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function isShown({ path }: FolderFile): boolean {
  return !path.split("/").some((part) => part.startsWith("."));
}

async function fileOf(entry: FileSystemFileEntry): Promise<FolderFile> {
  const file = await new Promise<File>((resolve, reject) => {
    entry.file(resolve, reject);
  });
  return { file, path: entry.fullPath.replace(/^\//, "") };
}

/** A browser gives a hundred at a time, and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const more = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (more.length === 0 || children.length > MOST_READ) return children;
    children.push(...more);
  }
}
