/** Addresses of this server, all relative to the page's base, so that any sub-path works. */
export function absolute(path: string): string {
  return new URL(path, document.baseURI).href;
}

export function socketAddress(): string {
  const address = new URL("api/socket", document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/** The path of the mount, which separates several servers of one origin in the tab's storage. */
export function mount(): string {
  return new URL(".", document.baseURI).pathname;
}

export function demoPath(demo: string): string {
  return `demos/${encodeURIComponent(demo)}`;
}

/** The demo's page for an audience. */
export function stagePath(demo: string): string {
  return `${demoPath(demo)}/stage`;
}

/** The folder of a stream's segments, with a slash at its end. */
export function streamPath(run: string, output: string): string {
  return `api/runs/${encodeURIComponent(run)}/outputs/${encodeURIComponent(output)}/`;
}

/** A file that a demo brings along, by its path from the catalog's root. */
export function demoFilePath(demo: string, path: string): string {
  const name = path.split("/").map(encodeURIComponent).join("/");
  return `api/demos/${encodeURIComponent(demo)}/files/${name}`;
}

export function blobPath(run: string, digest: string): string {
  return `api/runs/${encodeURIComponent(run)}/blobs/${encodeURIComponent(digest)}`;
}
