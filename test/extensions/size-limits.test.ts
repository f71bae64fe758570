import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { check } from "@shopify/theme-check-node";
import { expect, test } from "vitest";
import { browserScript } from "#test/sandbox/frame/server/browser-script.ts";

const CLICK_CAPTURE = path.resolve("extensions/click-capture");
const PIXEL = new URL("../../extensions/checkout-pixel/src/index.ts", import.meta.url);

test("Shopify's theme checker finds nothing wrong with the theme extension", async () => {
  expect(await offensesIn(CLICK_CAPTURE)).toEqual([]);
});

test("the theme extension keeps to Shopify's limits, and to folders it knows", async () => {
  const files = await readdir(CLICK_CAPTURE, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        return { file: path.relative(CLICK_CAPTURE, file), bytes: (await stat(file)).size };
      }),
  );
  const liquid = sizes.filter(({ file }) => file.endsWith(".liquid"));
  // As the Shopify CLI checks them: 10 MB in all, 500 kB of Liquid (reference/shopify.md, 6).
  expect(sum(sizes)).toBeLessThan(10 * 1_024 * 1_024);
  expect(sum(liquid)).toBeLessThan(500 * 1_024);
  for (const { file } of sizes) {
    expect(file).toMatch(/^(assets|blocks|snippets|locales)\/|^shopify\.extension\.toml$/);
  }
});

test("the storefront script weighs less than 2 kB over the wire", async () => {
  const script = await readFile(path.join(CLICK_CAPTURE, "assets/click-capture.js"));
  expect(gzipSync(script).length).toBeLessThan(2_000);
});

test("the pixel's bundle is far below Shopify's 128 kB", async () => {
  const bundle = await browserScript(PIXEL, { minify: true });
  expect(Buffer.byteLength(bundle)).toBeLessThan(4_096);
  expect(bundle).toContain("WebPixel::Render");
});

test("the checker would find a block that Shopify refuses", async () => {
  await using broken = await copyOf(CLICK_CAPTURE);
  await writeFile(
    path.join(broken.path, "blocks/broken.liquid"),
    "{% schema %}{ nothing{% endschema %}",
  );
  expect((await offensesIn(broken.path)).length).toBeGreaterThan(0);
});

async function offensesIn(folder: string) {
  const offenses = await check(folder, "theme-check:theme-app-extension");
  return offenses.map(({ check: rule, message, uri }) => ({ rule, message, uri }));
}

async function copyOf(folder: string) {
  const copy = await mkdtemp(path.join(tmpdir(), "theme-extension-"));
  await cp(folder, copy, { recursive: true });
  return {
    path: copy,
    [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }),
  };
}

function sum(files: { bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
