import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
  pathOfDiscount,
} from "./merchant-steps.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "uploads-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, lines: string[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, lines.map((line) => `${line}\r\n`).join(""));
  return file;
}

const NEXT_QUARTER = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const LINES = [
  "Code,Partner,Start",
  `PODCAST1,Anna Lindqvist,${NEXT_QUARTER}`,
  "PODCAST2,10003",
  "PODCAST3,Somebody Else",
  "podcast1,10001",
  "PODCAST4,10001,01/02/2027",
  "PODCAST5,10001",
];

test(
  "a merchant uploads a file, sees which three rows are wrong and why, and takes the rest",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp } = app;
    await connectImpact(app);
    await draftDiscount(app, { title: "Podcasts", percent: "10", partners: ["Anna Lindqvist"] });
    await createDiscount(app, 1);
    const discountPath = await pathOfDiscount(app);

    await app.open(`${discountPath}/upload`);
    const picker = inApp.locator("input[type=file]");
    await picker.setInputFiles(await fileOf("nonsense.csv", ["a,b", "x y,z", "q r,s"]));
    await inApp.getByText("Which column holds what?").waitFor();
    await page.screenshot({ path: shot("mapping") });
    await picker.setInputFiles(await fileOf("pdf.csv", ["%PDF-1.7", "x".repeat(20_000_000)]));
    await inApp.getByText(/This file is a PDF/).waitFor();
    await picker.setInputFiles(await fileOf("podcasts.csv", LINES));

    await inApp.getByRole("heading", { name: "Found in the file" }).waitFor();
    for (const why of [/has the name “Somebody Else”/, /stands in row 2/, /may be 2027-02-01 or/]) {
      await inApp.getByText(why).first().waitFor();
    }
    expect(
      await inApp
        .getByRole("table", { name: "Wrong rows", exact: true })
        .locator("tbody tr")
        .count(),
    ).toBe(3);
    await expectNoOverflow(app);
    await inApp.getByText(/has the name “Somebody Else”/).scrollIntoViewIfNeeded();
    await page.screenshot({ path: shot("dry-run") });

    const download = page.waitForEvent("download");
    await inApp.getByRole("button", { name: "Download wrong rows" }).click();
    const saved = await readFile(await (await download).path(), "utf8");
    expect(saved.trimEnd().split("\r\n")).toHaveLength(4);
    expect(saved).toContain("PODCAST3,Somebody Else");

    await inApp.getByRole("button", { name: "Make 3 codes" }).click();
    const made = () => [...world.shop.codes.keys()].filter((code) => code.startsWith("PODCAST"));
    await expect.poll(made, { timeout: 120_000 }).toHaveLength(2);
    expect(made()).toEqual(expect.arrayContaining(["PODCAST2", "PODCAST5"]));
    await inApp.getByText("1 code of this file starts on").waitFor();
    await page.screenshot({ path: shot("later") });
  },
);

/** Only for looking at while the pages are worked on. */
function shot(name: string): string {
  return path.join(process.env["UPLOAD_SHOTS"] ?? folder, `${name}.png`);
}
