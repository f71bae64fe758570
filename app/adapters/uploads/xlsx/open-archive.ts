import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { isBroken, isLocked, unpacksTooLarge, UploadRefusal } from "../upload-refusal.ts";

/** 200,000 rows of five columns unpack to about 50 MB. */
const UNPACKED_LIMIT = 200_000_000;
const MOST_PARTS = 10_000;

export interface Archive {
  has(part: string): boolean;
  /** A part's text; all parts together may unpack to 200 MB. */
  read(part: string): AsyncGenerator<string>;
}

/** Opens a zip file; part names are found whatever their case (ECMA-376 part 2, 6.2.2.3). */
export async function openArchive(fd: number): Promise<Archive> {
  const parts = new Map<string, yauzl.Entry>();
  const zip = await orBroken(yauzl.fromFdPromise(fd, { lazyEntries: true, autoClose: false }));
  if (zip.entryCount > MOST_PARTS) throw unpacksTooLarge();
  const entries = zip.eachEntry();
  for (let step = await orBroken(entries.next()); !step.done;) {
    parts.set(step.value.fileName.toLowerCase(), step.value);
    step = await orBroken(entries.next());
  }
  const budget = { left: UNPACKED_LIMIT };
  return {
    has: (part) => parts.has(part.toLowerCase()),
    async *read(part) {
      const entry = parts.get(part.toLowerCase());
      if (!entry) throw isBroken(`${part} is missing`);
      if (entry.isEncrypted()) throw isLocked();
      yield* unpack(zip, entry, budget);
    },
  };
}

async function* unpack(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  budget: { left: number },
): AsyncGenerator<string> {
  const stream = await orBroken(zip.openReadStreamPromise(entry));
  const decoder = new TextDecoder();
  let checksum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.left -= chunk.length;
      if (budget.left < 0) throw unpacksTooLarge();
      checksum = crc32(chunk, checksum);
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    throw error instanceof UploadRefusal ? error : isBroken(String(error));
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) throw isBroken(`${entry.fileName} has another checksum`);
}

async function orBroken<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw isBroken(String(error));
  });
}
