import { readFile } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, visit } from "./click-journey.ts";

afterAll(closeBrowser);

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
  const run = (isAllowed: boolean) =>
    v.page.evaluate(
      `(() => { ${code} noteClick({ isAllowed: ${isAllowed} }); return clickAttributes(); })()`,
    );
  expect(await run(true)).toEqual([
    { key: "irclickid", value: "Click-1" },
    { key: "irclickid_seen", value: expect.stringMatching(/^\d{4}-.*Z$/) as string },
  ]);
  expect(await v.keptClick()).toMatch(/^\d+\.Click-1$/);
  expect(await run(false)).toEqual([]);
  expect(await v.keptClick()).toBeNull();
});
