import jsQR from "jsqr";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { handOutArchive } from "#app/adapters/hand-outs/hand-out-archive.ts";
import { handOutPage } from "#app/adapters/hand-outs/hand-out-page.ts";
import { qrPng } from "#app/adapters/hand-outs/qr-picture.ts";
import { handOutText } from "#app/core/hand-outs/hand-out-text.ts";
import type { HandOut } from "#app/core/hand-outs/hand-out.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";

const NOW = new Date("2026-11-26T12:00:00Z");

function handOut(partnerId: string, name: string, codes: string[]): HandOut {
  return {
    shopName: "Tea & Co",
    partner: { partnerId: partnerId as PartnerId, name },
    codes: codes.map((code) => ({
      code: code as DiscountCode,
      link: `https://tea.example/discount/${encodeURIComponent(code)}?redirect=/collections/new`,
      terms: "15% off.",
      startsAt: NOW,
      endsAt: null,
      needsClick: false,
    })),
  };
}

async function unzip(handOuts: HandOut[]): Promise<Map<string, Buffer>> {
  const bytes: Buffer[] = [];
  for await (const chunk of handOutArchive(handOuts, NOW)) bytes.push(chunk as Buffer);
  const zip = await fromBufferPromise(Buffer.concat(bytes), { lazyEntries: true });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
    files.set(entry.fileName, Buffer.concat(parts));
  }
  return files;
}

function readQr(png: Buffer): string | undefined {
  const { data, width, height } = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

test("a QR picture is read back as the very link it was drawn of", () => {
  const link = "https://tea.example/discount/ANNA10?redirect=/collections/new%3Fa%3D1";
  expect(readQr(qrPng(link))).toBe(link);
});

test("the file of all has a folder for each partner, with page, text and a picture for each code", async () => {
  const files = await unzip([
    handOut("10001", "Anna Able", ["ANNA10", "ANNA20"]),
    handOut("10002", "Ben", ["BEN10"]),
  ]);
  expect([...files.keys()]).toEqual([
    "Anna Able (10001)/hand-out.html",
    "Anna Able (10001)/hand-out.txt",
    "Anna Able (10001)/QR-ANNA10.png",
    "Anna Able (10001)/QR-ANNA20.png",
    "Ben (10002)/hand-out.html",
    "Ben (10002)/hand-out.txt",
    "Ben (10002)/QR-BEN10.png",
  ]);
  expect(readQr(files.get("Ben (10002)/QR-BEN10.png") ?? Buffer.of())).toBe(
    "https://tea.example/discount/BEN10?redirect=/collections/new",
  );
  const text = files.get("Anna Able (10001)/hand-out.txt")?.toString() ?? "";
  expect(text).toContain("Hi Anna Able,");
  expect(text).toContain("Code: ANNA20\n15% off.\nLink: https://tea.example/discount/ANNA20");
});

test("names that no file may have lead out of no folder, and replace none", async () => {
  const files = await unzip([
    handOut("1", "../../etc", ["A B", "A/B", "A_B"]),
    handOut("2", "..", ["CON"]),
    handOut("3", "", ["X"]),
  ]);
  expect([...files.keys()].filter((name) => name.endsWith(".png"))).toEqual([
    "_.._etc (1)/QR-A B.png",
    "_.._etc (1)/QR-A_B-1.png",
    "_.._etc (1)/QR-A_B.png",
    "(2)/QR-CON.png",
    "(3)/QR-X.png",
  ]);
});

test("a code that pays only after a click says so in text and page, which then promise no more", () => {
  const plain = handOut("1", "Anna", ["ANNA10", "ANNA20"]);
  const [first, second] = plain.codes;
  if (!first || !second) throw new Error("no codes");
  const strict = { ...plain, codes: [first, { ...second, needsClick: true }] };
  const told = (one: HandOut) => [handOutText(one), [...handOutPage(one)].join("")];
  for (const said of told(plain)) expect(said).toMatch(/even without a click/);
  for (const said of told(strict)) {
    expect(said).not.toMatch(/even without a click/);
    expect(said.match(/only where a click on your own link came before/g)).toHaveLength(1);
  }
});

test("a partner's page holds what it needs, and takes a name for text", () => {
  const page = [...handOutPage(handOut("1", "<script>alert(1)</script>", ["ANNA10"]))].join("");
  expect(page).toContain("Your discount code for Tea &amp; Co");
  expect(page).toContain("&lt;script&gt;");
  expect(page).not.toMatch(/<script|src=|@import|url\(/);
  expect(page.match(/<svg/g)).toHaveLength(1);
});
