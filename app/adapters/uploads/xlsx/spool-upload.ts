import { randomUUID } from "node:crypto";
import { open, unlink, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Puts an upload on disk: a zip's table of contents stands at its end. The file has no name from the
 * start, so that nothing of it stays, not even after a hard kill. The caller closes it.
 */
export async function spoolUpload(bytes: AsyncIterable<Buffer>): Promise<FileHandle> {
  const name = path.join(tmpdir(), `partner-codes-upload-${randomUUID()}`);
  const file = await open(name, "wx+", 0o600);
  try {
    await unlink(name);
    for await (const chunk of bytes) await file.writeFile(chunk);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
