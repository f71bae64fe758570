import { readUpload } from "#app/adapters/uploads/read-upload.ts";
import type { UploadProblem, UploadRow } from "#app/core/uploads/upload-row.ts";

interface How {
  sizeLimit?: number;
  /** How many bytes arrive at a time. */
  chunk?: number;
}

export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All that reading a file gives: its rows, and the problem that ended them. */
export async function readAll(
  file: Uint8Array | string,
  { sizeLimit = 50_000_000, chunk = 64 * 1024 }: How = {},
): Promise<{ rows: UploadRow[]; problem: UploadProblem | null }> {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const rows: UploadRow[] = [];
  for await (const row of readUpload(inChunks(bytes, chunk), { sizeLimit })) {
    if (!row.ok) return { rows, problem: row.problem };
    rows.push(row.value);
  }
  return { rows, problem: null };
}

/** The cells alone; fails where the file has a problem. */
export async function cellsOf(file: Uint8Array | string, how: How = {}): Promise<string[][]> {
  const { rows, problem } = await readAll(file, how);
  if (problem) throw new Error(problem.message);
  return rows.map(({ cells }) => cells);
}

/** The sentence that a file is refused with; "" where it is read. */
export async function refusalOf(file: Uint8Array | string, how: How = {}): Promise<string> {
  const { problem } = await readAll(file, how);
  return problem?.message ?? "";
}
