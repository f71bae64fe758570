import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createDiscount } from "#app/core/codes/create-discount.ts";
import type { DiscountDraft } from "#app/core/codes/discount-draft.ts";
import { listDiscounts, readDiscount } from "#app/core/codes/read-discounts.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { requestsTo } from "#test/core/given/world-with-codes.ts";
import { draftFor, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function readyWorld(): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  return world;
}

const TWO: [string, string][] = [
  ["10001", "anna10"],
  ["10002", "BEN10"],
];

function create(
  { ports, domain }: World,
  draft: DiscountDraft = draftFor(TWO),
  { draftKey = "form-1", through = ports }: { draftKey?: string; through?: Ports } = {},
) {
  return createDiscount(through, { shop: domain, draftKey, draft });
}

async function expectNothingStored({ prisma, boss }: World): Promise<void> {
  const rows = [prisma.discount, prisma.code, prisma.assignment, prisma.batch] as const;
  const counts = await Promise.all([
    rows[0].count(),
    rows[1].count(),
    rows[2].count(),
    rows[3].count(),
  ]);
  expect(counts).toEqual([0, 0, 0, 0]);
  expect(await boss.fetch("make-codes")).toEqual([]);
}

test("a drafted discount is stored with its codes, their partners, and the run that makes them", async () => {
  const world = await readyWorld();
  const made = await create(world);
  if (!made.ok) throw new Error(JSON.stringify(made));
  const { domain: shop } = world;
  const detail = await readDiscount(world.ports, { shop, discountId: made.discountId });
  expect(detail).toMatchObject({
    discount: { title: "Creators", shopifyId: null, value: { basisPoints: 1_000 } },
    batch: { state: "running", attempts: 0 },
  });
  expect(detail?.page.codes).toMatchObject([
    { code: "ANNA10", partner: { name: "Anna Able" }, shopifyState: "planned" },
    { code: "BEN10", partner: { name: "Ben Baker" }, impactState: "planned" },
  ]);
  expect(await listDiscounts(world.ports, shop)).toMatchObject([{ codes: 2, live: 0, failed: 0 }]);
});

test("everything wrong is told at once, by field and by code, and nothing is stored", async () => {
  const world = await readyWorld();
  makeInShopify(world, "BEN10", "Welcome");
  const made = await create(world, draftFor(TWO, { title: "", value: "0" }));
  expect(made).toMatchObject({
    ok: false,
    fields: [{ field: "title" }, { field: "value" }],
    codes: [
      { code: "ANNA10", problem: null },
      { code: "BEN10", problem: /Welcome/ },
    ].map((c) => (c.problem ? { ...c, problem: expect.stringMatching(c.problem) as string } : c)),
  });
  await expectNothingStored(world);
});

test("a partner without a contract, and one nobody knows, are told at their codes", async () => {
  const world = await readyWorld();
  const { contracts } = world.account;
  for (const contract of contracts.filter(({ partnerId }) => partnerId === "10002")) {
    contract.endsAt = world.clock.now();
  }
  world.clock.pass(60_000);
  await setUpProgram(world);
  const made = await create(world, draftFor([...TWO, ["99999", "GHOST"]]));
  expect(made.ok ? [] : made.codes.map(({ problem }) => problem)).toEqual([
    null,
    expect.stringMatching(/^Ben Baker has no live contract.*sync partners\.$/),
    expect.stringMatching(/knows no such partner\. Sync partners again\.$/),
  ]);
  await expectNothingStored(world);
});

test("the same form sent twice makes one discount, and the second answer is the first one's", async () => {
  const world = await readyWorld();
  const first = await create(world);
  expect(await create(world)).toEqual(first);
  expect(await world.prisma.discount.count()).toBe(1);
});

test("the same form sent five times at once makes one discount and one run", async () => {
  const world = await readyWorld();
  const answers = await Promise.all(Array.from({ length: 5 }, () => create(world)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect(new Set(answers.map((answer) => answer.ok && answer.discountId)).size).toBe(1);
  expect(await world.prisma.discount.count()).toBe(1);
  expect(await world.boss.fetch("make-codes", { batchSize: 10 })).toHaveLength(1);
});

/** While the request that goes through these ports checks its first code, `other` gets through. */
function overtakenBy({ ports }: World, other: () => Promise<unknown>): Ports {
  let isOvertaken = false;
  return {
    ...ports,
    shopify: {
      ...ports.shopify,
      findDiscountByCode: async (shop, code) => {
        const first = !isOvertaken;
        isOvertaken = true;
        if (first) await other();
        return ports.shopify.findDiscountByCode(shop, code);
      },
    },
  };
}

test("a second click that its first copy overtakes half-way gets the first one's answer", async () => {
  const world = await readyWorld();
  const through = overtakenBy(world, () => create(world));
  const second = await create(world, draftFor(TWO), { through });
  expect(second).toMatchObject({ ok: true });
  expect(second).toEqual(await create(world));
  expect(await world.prisma.discount.count()).toBe(1);
});

test("of two forms that race for one code the slower is told at the field", async () => {
  const world = await readyWorld();
  const bens = draftFor([["10002", "TEA"]]);
  const through = overtakenBy(world, () => create(world, bens, { draftKey: "form-2" }));
  const slower = await create(world, draftFor([["10001", "TEA"]]), { through });
  expect(slower).toMatchObject({
    ok: false,
    codes: [{ problem: expect.stringMatching(/one of your codes already.*Ben Baker/) as string }],
  });
  expect(await world.prisma.discount.count()).toBe(1);
});

test("an expression behind the first 5,000 registrations is known from the last check, as long as it stands", async () => {
  const world = await readyWorld();
  const ended = { endsAt: new Date(world.clock.now().getTime() - 1_000) };
  for (let at = 0; at < 6_000; at += 1) registerElsewhere(world, `OLD${at}`, "10002", ended);
  registerElsewhere(world, "^VIP.*$", "10002", { type: "RE" });
  await checkCodesNow(world);
  // As the next run does when it begins.
  await world.ports.store.seenCodes.forgetBefore(world.domain, randomUUID());
  const problemOf = async (draftKey: string, code: string) => {
    const made = await create(world, draftFor([["10001", code]]), { draftKey });
    return made.ok ? null : made.codes[0]?.problem;
  };
  expect(await problemOf("one", "VIPANNA77")).toMatch(/the regular expression \^VIP\.\*\$ of Ben/);
  const there = world.account.promoCodes.at(-1);
  if (there) there.endsAt = world.clock.now();
  expect(await problemOf("other", "VIPANNA78")).toBeNull();
});

test.each(["^VIP.*$", expressionOf("VIPANNA**" as Shape)])(
  "a typed code that another partner's expression %s matches is told before anything is made, and the list is read once",
  async (expression) => {
    const world = await readyWorld();
    registerElsewhere(world, expression, "10002", { type: "RE" });
    const draft = draftFor([
      ["10001", "VIPANNA77"],
      ["10002", "VIPBEN"],
      ["10001", "OTHER10"],
    ]);
    const lists = () =>
      requestsTo(world, "GET", "/PromoCodes").filter(({ query }) => !query.has("Code")).length;
    const before = lists();
    const made = await create(world, draft);
    expect(lists() - before).toBe(1);
    expect(made.ok ? [] : made.codes.map(({ problem }) => problem)).toEqual([
      `At impact.com the regular expression ${expression} of Ben Baker matches VIPANNA77, so it may be credited to them. Choose another code, or end that expression there first.`,
      null,
      null,
    ]);
    await expectNothingStored(world);
  },
);
