import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { writeXlsxStream } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "big-uploads-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const HEADINGS = ["Promo Code", "Media Partner Id", "Start Date", "End Date", "Credit Rule"];

const BAD: ((code: string) => string[])[] = [
  () => ["", "10001"],
  () => ["=1+1", "10001"],
  (code) => [`${code} ${code}`, "10001"],
  (code) => [code.repeat(10), "10001"],
  (code) => [code, ""],
  (code) => [code, "Nobody"],
  (code) => [code, "Partner 0"],
  (code) => [code, "nobody@x.example"],
  (code) => [code, "10001", "soon"],
  (code) => [code, "10001", "", "01/02/2027"],
  (code) => [code, "10001", "2027-02-01", "2027-01-01"],
  (code) => [code, "10001", "", "", "sometimes"],
  () => ["spring-0-xq7", "10001"],
];

/** 200,000 rows, 500 of them wrong in thirteen ways. */
function* bigTable(): Generator<string[]> {
  yield HEADINGS;
  for (let at = 0; at < 200_000; at += 1) {
    const code = `SPRING-${at.toString(36).toUpperCase()}-XQ7`;
    const bad = at % 400 === 399 ? BAD[Math.floor(at / 400) % BAD.length] : undefined;
    yield bad?.(code) ?? [code, String(10_000 + (at % 500)), "2026-12-01", "31.12.2026", "ALWAYS"];
  }
}

async function judge(file: string): Promise<{ counts: object; wrong: number; peakMb: number }> {
  const script = path.join(import.meta.dirname, "judge-big-upload.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, file]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof judge>>;
}

/** Node alone takes about 60 MB; the codes of the file are kept, its rows never. */
const MOST_MB = 300;
/** A process of its own beside everything else that runs. */
const TIMEOUT_MS = 180_000;

const EXPECTED = { rows: 200_000, new: 199_500, yours: 0, yoursUnchanged: 0, wrong: 500 };

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
