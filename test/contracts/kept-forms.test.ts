import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** They are sent without Remix: by Shopify, by shop pages, and files by `use-upload.ts`. */
const SENT_OTHERWISE = [
  "webhooks.tsx",
  "clicks.tsx",
  "app.discounts_.$discountId.upload.check.tsx",
  "app.adopt_.$adoptionId.file.tsx",
];
const FOLDER = new URL("../../app/routes/", import.meta.url);
const ACTION = /^export (async function|function|const) action\b/m;
const KEPT = /^export \{ clientAction\b.* \} from "#app\/components\/keep-form\.ts";$/m;

test("every page that takes a form keeps it where no answer comes", async () => {
  const forgetful: string[] = [];
  for (const name of await readdir(FOLDER)) {
    const source = await readFile(new URL(encodeURIComponent(name), FOLDER), "utf8");
    if (ACTION.test(source) && !KEPT.test(source)) forgetful.push(name);
  }
  expect(forgetful.toSorted()).toEqual(SENT_OTHERWISE.toSorted());
});

test("what such a page shows is not read anew after a form without an answer", async () => {
  const reading: string[] = [];
  for (const name of await readdir(FOLDER)) {
    const source = await readFile(new URL(encodeURIComponent(name), FOLDER), "utf8");
    if (!ACTION.test(source) || SENT_OTHERWISE.includes(name)) continue;
    if (!source.includes("shouldRevalidate")) reading.push(name);
  }
  expect(reading).toEqual([]);
});
