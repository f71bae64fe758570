import { readFile } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, visit } from "./click-journey.ts";

afterAll(closeBrowser);

interface Attribute {
  key: string;
  value: string;
}

const OFF_THE_CART: Attribute[] = [
  { key: "irclickid", value: "" },
  { key: "irclickid_seen", value: "" },
];

/** The documented lines, as a script of the page. */
async function snippet(): Promise<string> {
  const docs = await readFile("docs/click-capture.md", "utf8");
  const [, code = ""] = /```js\n([\s\S]*?)```/.exec(docs) ?? [];
  return code.replaceAll("export function", "function");
}

test("the documented lines do for a headless theme what the app embed does", async () => {
  await using v = await visit({ embed: null });
  await v.land("/?im_ref=Click-1");
  const code = await snippet();
  const run = (isAllowed: boolean, held: Attribute[] = []) =>
    v.page.evaluate<Attribute[]>(
      `(() => { ${code} const given = { isAllowed: ${isAllowed}, held: ${JSON.stringify(held)} };
        noteClick(given); return clickAttributes(given); })()`,
    );
  const onCart = await run(true);
  expect(onCart).toEqual([
    { key: "irclickid", value: "Click-1" },
    { key: "irclickid_seen", value: expect.stringMatching(/^\d{4}-.*Z$/) as string },
  ]);
  expect(await v.keptClick()).toMatch(/^\d+\.Click-1$/);
  // What the cart carries already is not told again.
  expect(await run(true, onCart)).toEqual([]);

  // Refused afterwards, the click goes from the browser and from the cart.
  expect(await run(false, onCart)).toEqual(OFF_THE_CART);
  expect(await v.keptClick()).toBeNull();
  expect(await run(false)).toEqual([]);

  // A cart outlives the cookie, but no click its days.
  await v.land("/");
  const seen = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const carried = (daysAgo: number) => [
    { key: "irclickid", value: "Click-2" },
    { key: "irclickid_seen", value: seen(daysAgo) },
  ];
  expect(await run(true, carried(29))).toEqual([]);
  expect(await run(true, carried(31))).toEqual(OFF_THE_CART);
});
