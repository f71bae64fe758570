import { expect, test } from "vitest";
import { checkCodes } from "#app/core/codes/check-codes.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import type { World } from "#test/support/world.ts";

async function check({ ports, domain }: World, ...codes: [partnerId: string, code: string][]) {
  const typed = codes.map(([id, code]) => ({ partnerId: id as PartnerId, code }));
  return checkCodes(ports, { shop: domain, codes: typed });
}

async function problemOf(world: World, partnerId: string, code: string): Promise<string | null> {
  const [found] = await check(world, [partnerId, code]);
  if (!found) throw new Error("no check");
  return found.problem;
}

test("a free code has no problem and is kept upper-cased", async () => {
  const world = await worldWithCodes();
  expect(await check(world, ["10001", " anna20 "])).toEqual([
    { partnerId: "10001", code: "ANNA20", problem: null },
  ]);
});

test("a text that is no code is told without asking anybody", async () => {
  const world = await worldWithCodes();
  const [asked, called] = [world.impact.requests.length, world.shopify.calls.length];
  expect(await check(world, ["10001", "ANNA 20"])).toMatchObject([{ code: null }]);
  expect([world.impact.requests.length, world.shopify.calls.length]).toEqual([asked, called]);
});

test("a code that stands in the form twice, in whatever case, is told at the second", async () => {
  const world = await worldWithCodes();
  const [first, second] = await check(world, ["10001", "TEA"], ["10002", "tea"]);
  expect(first?.problem).toBeNull();
  expect(second?.problem).toMatch(/stands here twice/);
});

test("a code of ours names the partner it belongs to", async () => {
  const world = await worldWithCodes();
  expect(await problemOf(world, "10002", "anna10")).toBe(
    "ANNA10 is one of your codes already and belongs to Anna Able. Choose another.",
  );
});

test("a code of another discount in Shopify, in another case, names that discount", async () => {
  const world = await worldWithCodes();
  makeInShopify(world, "Welcome", "Newsletter welcome");
  expect(await problemOf(world, "10001", "WELCOME")).toBe(
    "WELCOME is taken in Shopify by the discount “Newsletter welcome”. Choose another code.",
  );
});

test("a code registered to somebody else at impact.com names them; to the partner it is fine", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "SHARED", "10002");
  expect(await problemOf(world, "10001", "shared")).toMatch(
    /^SHARED is registered to Ben Baker at impact\.com\./,
  );
  expect(await problemOf(world, "10002", "shared")).toBeNull();
});

test("a code that expired at impact.com is free", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "OLD", "10002");
  world.clock.pass(1_000);
  for (const code of world.account.promoCodes)
    if (code.code === "OLD") code.endsAt = world.clock.now();
  expect(await problemOf(world, "10001", "OLD")).toBeNull();
});

test("a side that can't be asked is a problem: nobody knows whether the code is free", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(1, 503);
  expect(await problemOf(world, "10001", "NEW")).toMatch(
    /^NEW could not be checked at impact\.com\. .*\.$/,
  );
  world.shopify.faults.failNext(4, 503);
  expect(await problemOf(world, "10001", "NEW")).toMatch(
    /^NEW could not be checked in Shopify\. .*\.$/,
  );
});

test("before a program is chosen only we and Shopify are asked", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  const asked = world.impact.requests.length;
  expect(await problemOf(world, "10001", "NEW")).toBeNull();
  expect(world.impact.requests).toHaveLength(asked);
});
