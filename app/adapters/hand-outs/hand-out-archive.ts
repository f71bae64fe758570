import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { handOutText } from "#app/core/hand-outs/hand-out-text.ts";
import type { HandOut } from "#app/core/hand-outs/hand-out.ts";
import { folderNameOf, pictureNameOf } from "./file-names.ts";
import { handOutPage } from "./hand-out-page.ts";
import { qrPng } from "./qr-picture.ts";

/**
 * A ZIP with a folder for each partner: the page, the text for an e-mail, and a picture for each code.
 * Each file is drawn when its turn comes, so that none waits in memory.
 */
export function handOutArchive(handOuts: readonly HandOut[], now: Date): Readable {
  const zip = new ZipFile();
  const add = (path: string, draw: () => Iterable<string | Buffer>, compress: boolean) =>
    zip.addReadStreamLazy(path, { mtime: now, compress }, (give) =>
      give(null, Readable.from(draw(), { objectMode: false })),
    );
  for (const handOut of handOuts) {
    const folder = folderNameOf(handOut.partner);
    add(`${folder}/hand-out.html`, () => handOutPage(handOut), true);
    add(`${folder}/hand-out.txt`, () => [handOutText(handOut)], true);
    handOut.codes.forEach(({ code, link }, number) =>
      // A PNG is compressed already.
      add(`${folder}/${pictureNameOf(code, number)}`, () => [qrPng(link)], false),
    );
  }
  zip.end();
  return Readable.from(zip.outputStream);
}
