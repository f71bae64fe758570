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
    { partnerId: "10001", code: "ANNA20", problem: null, warning: expect.any(String) as string },
  ]);
});

test("a free code that is easily guessed has a warning that says why, and no problem", async () => {
  const world = await worldWithCodes();
  const [named, word, random, taken] = await check(
    world,
    ["10001", "ANNAABLE15"],
    ["10002", "SUMMER2026"],
    ["10001", "ANNA-K3M9PX"],
    ["10002", "ANNA10"],
  );
  expect(named).toMatchObject({ problem: null });
  expect(named?.warning).toMatch(/^ANNAABLE15 is the partner's name with little or nothing random/);
  expect(word?.warning).toMatch(
    /made of words and numbers.*four or more random characters is safer/,
  );
  expect(random).toMatchObject({ problem: null, warning: null });
  expect(taken).toMatchObject({ warning: null });
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

test("a code that is registered with a policy that needs a click is told at the field", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "CLICKED", "10001", { creditPolicy: "INVOLVED" });
  expect(await problemOf(world, "10001", "CLICKED")).toBe(
    "CLICKED is registered to Anna Able at impact.com with credit policy INVOLVED, which pays nothing without a click. Choose another code, or expire it there first.",
  );
});

test("a registration that ends too early is told once the discount's time is known", async () => {
  const world = await worldWithCodes();
  const startsAt = world.clock.now();
  const endsAt = new Date("2026-12-24T05:00:00Z");
  registerElsewhere(world, "XMAS", "10001", { endsAt });
  const codes = [{ partnerId: "10001" as PartnerId, code: "XMAS" }];
  const problemDuring = async (end: Date | null) => {
    const during = { startsAt, endsAt: end };
    return (await checkCodes(world.ports, { shop: world.domain, codes, during }))[0]?.problem;
  };
  expect(await problemOf(world, "10001", "XMAS")).toBeNull();
  expect(await problemDuring(endsAt)).toBeNull();
  expect(await problemDuring(null)).toMatch(/until 2026-12-24.* Choose another code/);
});

test("many codes are asked about at most eight at a time, and answered in the form's order", async () => {
  const world = await worldWithCodes();
  let [now, most] = [0, 0];
  const { findDiscountByCode } = world.ports.shopify;
  world.ports.shopify.findDiscountByCode = async (...question) => {
    most = Math.max(most, (now += 1));
    const answer = await findDiscountByCode(...question);
    now -= 1;
    return answer;
  };
  const texts = Array.from({ length: 20 }, (_, i) => `TEA${i}`);
  const checks = await check(world, ...texts.map((code): [string, string] => ["10001", code]));
  expect(checks.map(({ code }) => code)).toEqual(texts);
  expect(most).toBe(8);
});

test("a registration of somebody else's that begins later is told already", async () => {
  const world = await worldWithCodes();
  registerElsewhere(world, "SOON", "10002", { startsAt: new Date("2027-03-01T00:00:00Z") });
  expect(await problemOf(world, "10001", "SOON")).toMatch(/^SOON is registered to Ben Baker/);
});
