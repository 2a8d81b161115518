/** Writes a .br and a .gz beside each built file, so that the server never compresses the page itself. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(?:js|css|svg)$/;

/** A file of this size gets the second best quality: the best takes ten times as long, for a tenth of the bytes. */
const LARGE_BYTES = 500_000;

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const quality = content.length < LARGE_BYTES ? 11 : 9;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}

export function precompress(): Plugin {
  return {
    name: "gradstream-precompress",
    apply: "build",
    async writeBundle(options, bundle) {
      const folder = options.dir ?? ".";
      const files = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(files.map((name) => compress(join(folder, name))));
    },
  };
}
