import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { writeXlsxStream } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bigTable } from "./big-table.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "big-uploads-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function judge(file: string): Promise<{ counts: object; wrong: number; peakMb: number }> {
  const script = path.join(import.meta.dirname, "judge-big-upload.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, file]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof judge>>;
}

/** Node alone takes about 60 MB; the codes of the file are kept, its rows never. */
const MOST_MB = 300;
/** A process of its own beside everything else that runs. */
const TIMEOUT_MS = 180_000;

const EXPECTED = { rows: 200_000, new: 199_500, yoursUnchanged: 0, wrong: 500 };

test(
  "a CSV of 200,000 rows is judged in bounded memory, 500 wrong rows explained",
  { timeout: TIMEOUT_MS },
  async () => {
    const file = path.join(folder, "codes.csv");
    await writeFile(file, [...bigTable()].map((row) => `${row.join(",")}\r\n`).join(""));
    const { counts, wrong, peakMb } = await judge(file);
    expect(counts).toMatchObject(EXPECTED);
    expect(wrong).toBe(500);
    expect(Object.keys((counts as { wrongByKind: object }).wrongByKind)).toHaveLength(13);
    expect(peakMb).toBeLessThan(MOST_MB);
  },
);

test.each([
  ["shared", false],
  ["inline", true],
])(
  "an .xlsx of 200,000 rows with %s texts is judged in bounded memory",
  { timeout: TIMEOUT_MS },
  async (name, inline) => {
    const file = path.join(folder, `${name}.xlsx`);
    const stream = writeXlsxStream(bigTable(), { name: "Codes", inlineStrings: inline });
    await writeFile(file, stream as unknown as AsyncIterable<Uint8Array>);
    const { counts, peakMb } = await judge(file);
    expect(counts).toMatchObject(EXPECTED);
    expect(peakMb).toBeLessThan(MOST_MB);
  },
);
