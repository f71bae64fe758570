import { UploadRefusal } from "./upload-refusal.ts";

/** Enough for the first lines of any list, and for every file signature. */
const HEAD_BYTES = 64 * 1024;

export interface UploadSource {
  /** The first 64 KB, or all of a shorter file. */
  head: Buffer;
  /** Everything, the head as one chunk first; refuses past the size limit. To be read once. */
  bytes(): AsyncGenerator<Buffer>;
  /** Lets go of the sender, read to the end or not. */
  close(): Promise<void>;
}

/** Opens an upload: reads its head, and counts its bytes from there on. */
export async function openSource(
  stream: AsyncIterable<Uint8Array>,
  sizeLimit: number,
): Promise<UploadSource> {
  const iterator = stream[Symbol.asyncIterator]();
  let size = 0;
  const next = async (): Promise<Buffer | null> => {
    const step = await iterator.next();
    if (step.done) return null;
    size += step.value.byteLength;
    if (size > sizeLimit) throw isTooLarge(sizeLimit);
    return Buffer.from(step.value.buffer, step.value.byteOffset, step.value.byteLength);
  };
  const close = async () => void (await iterator.return?.());

  const head = await readHead(next).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  async function* bytes() {
    yield head;
    for (let chunk = await next(); chunk !== null; chunk = await next()) yield chunk;
  }
  return { head, bytes, close };
}

async function readHead(next: () => Promise<Buffer | null>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const chunk = await next();
    if (chunk === null) break;
    chunks.push(chunk);
    length += chunk.byteLength;
  }
  return Buffer.concat(chunks);
}

function isTooLarge(sizeLimit: number): UploadRefusal {
  const megabytes = Math.floor(sizeLimit / 100_000) / 10;
  return new UploadRefusal(
    "upload-too-large",
    `This file is larger than ${megabytes} MB, the most that can be uploaded. Leave out columns that aren't needed, or split it.`,
  );
}
