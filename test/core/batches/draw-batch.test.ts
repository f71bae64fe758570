import { expect, test } from "vitest";
import { batchView } from "#app/components/batches/batch-view.server.ts";
import { failedCodesFile } from "#app/core/batches/failed-codes-file.ts";
import { goBack, goOn } from "#app/core/batches/left-out.ts";
import { listBatches, listLeftOut, readBatch } from "#app/core/batches/read-batch.ts";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { planParts } from "#app/core/batches/plan-parts.ts";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;

async function worldWithDiscount() {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  // How codes are registered is told elsewhere: here the hour has room for hardly any.
  world.impactState.rules.requestsPerHour = 20;
  return { world, discountId };
}

type Form = Partial<Omit<Parameters<typeof startDrawing>[1], "shop" | "discountId">>;

async function start(world: World, discountId: string, form: Form = {}) {
  const typed = {
    draftKey: "one form",
    pattern: "{FIRST}-{RANDOM:6}",
    codesEach: "300",
    partnerIds: [ANNA, BEN],
    ...form,
  };
  return startDrawing(world.ports, { shop: world.domain, discountId, ...typed });
}

async function started(world: World, discountId: string, form: Form = {}): Promise<string> {
  const answer = await start(world, discountId, form);
  if (!answer?.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.batchId;
}

/** The batch's codes in our table, with whose they are. */
async function codesOf({ prisma }: World, batchId: string) {
  return prisma.$queryRaw<{ code: string; state: string; partnerId: string; discountId: string }[]>`
    SELECT code."code", code."shopifyState" AS "state", a."partnerId", code."discountId"
    FROM "Code" code JOIN "Assignment" a ON a."codeId" = code."id"
    WHERE code."batchId" = ${batchId}::uuid ORDER BY code."code"`;
}

test("no codes are drawn for a discount that has ended, and what to do is said", async () => {
  const { world, discountId } = await worldWithDiscount();
  const endsAt = world.clock.now();
  await world.prisma.discount.update({ where: { id: discountId }, data: { endsAt } });
  expect(await start(world, discountId)).toMatchObject({
    ok: false,
    problems: [{ field: "discount", message: expect.stringMatching(/Give it a later end first/) }],
  });
});

test("no codes are drawn for a discount that is gone from Shopify, and what to do is said", async () => {
  const { world, discountId } = await worldWithDiscount();
  const deletedAt = world.clock.now();
  await world.prisma.discount.update({ where: { id: discountId }, data: { deletedAt } });
  const message = expect.stringMatching(/is gone from Shopify.*Differences/) as string;
  expect(await start(world, discountId)).toMatchObject({
    ok: false,
    problems: [{ field: "discount", message }],
  });
});

test("600 codes for two partners are drawn and made under a discount that stands already", async () => {
  const { world, discountId } = await worldWithDiscount();
  const batchId = await started(world, discountId);
  await world.drain(120_000);
  const codes = await codesOf(world, batchId);
  expect(codes.filter(({ state }) => state === "live")).toHaveLength(600);
  expect(codes.filter(({ partnerId }) => partnerId === ANNA)).toHaveLength(300);
  const drawn = new RegExp(`^(ANNA|BEN)-[${ALPHABET}]{6}$`);
  expect(codes.filter(({ code }) => !drawn.test(code))).toEqual([]);
  expect(new Set(world.shop.codes.keys())).toEqual(
    new Set(["ANNA10", ...codes.map(({ code }) => code)]),
  );
  expect(world.shop.discounts.size).toBe(1);
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "done",
    codes: 600,
    plan: { drawn: 600 },
  });
});

test("the same form sent twice makes one batch", async () => {
  const { world, discountId } = await worldWithDiscount();
  const [one, other] = [await started(world, discountId), await started(world, discountId)];
  expect(other).toBe(one);
  await world.drain(120_000);
  expect(await world.prisma.code.count({ where: { batchId: one } })).toBe(600);
});

test("a drawn code that another discount has is drawn again, without bothering anyone", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { readCreation } = world.ports.shopify;
  const batchId = await started(world, discountId, { codesEach: "20" });
  // Somebody else takes three of the codes between their drawing and their making.
  let isFirst = true;
  const { addCodes } = world.ports.shopify;
  const shopify = {
    ...world.ports.shopify,
    readCreation,
    addCodes: async (...[shop, id, codes]: Parameters<typeof addCodes>) => {
      if (isFirst) for (const code of codes.slice(0, 3)) makeInShopify(world, code, "Flash sale");
      isFirst = false;
      return addCodes(shop, id, codes);
    },
  };
  await makeCodes({ ...world.ports, shopify }, { shop: world.domain, batchId });
  await world.drain(120_000);
  const codes = await codesOf(world, batchId);
  expect(codes.map(({ state }) => state)).toEqual(Array.from({ length: 40 }, () => "live"));
  const ours = [...world.shop.discounts.values()].find(({ title }) => title !== "Flash sale");
  for (const { code } of codes) expect(world.shop.codes.get(code)?.discountId).toBe(ours?.id);
});

/** A discount that Shopify has not made: the one code that was named for it lives elsewhere. */
async function worldWithoutDiscount() {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  makeInShopify(world, "ANNA10", "Flash sale");
  await world.drain();
  return { world, discountId };
}

/** Somebody else takes the code that Shopify is asked about first. */
function takeTheFirst(world: World) {
  const { findDiscountByCode } = world.ports.shopify;
  const taken: string[] = [];
  world.ports.shopify.findDiscountByCode = async (shop, code) => {
    if (taken.length === 0) {
      taken.push(code);
      makeInShopify(world, code, "Flash sale");
    }
    return findDiscountByCode(shop, code);
  };
  return taken;
}

test("the first drawn code, with which the discount itself is made, is drawn again where another discount has it", async () => {
  const { world, discountId } = await worldWithoutDiscount();
  const taken = takeTheFirst(world);
  const batchId = await started(world, discountId, { codesEach: "2" });
  await world.drain(120_000);
  const codes = await codesOf(world, batchId);
  expect(codes.map(({ state }) => state)).toEqual(["live", "live", "live", "live"]);
  expect(codes.map(({ code }) => code)).not.toContain(taken[0]);
  const titles = [...world.shop.discounts.values()].map(({ title }) => title);
  expect(titles.sort()).toEqual(["Creators", "Flash sale", "Flash sale"]);
});

test("a first code without a random part that another discount has fails, and the next one makes the discount", async () => {
  const { world, discountId } = await worldWithoutDiscount();
  takeTheFirst(world);
  const form = { pattern: "{FIRST}{VALUE}X", codesEach: "1" };
  const batchId = await started(world, discountId, form);
  await world.drain(120_000);
  const codes = await codesOf(world, batchId);
  expect(codes.map(({ code, state }) => `${code} ${state}`)).toEqual([
    "ANNA10X failed",
    "BEN10X live",
  ]);
});

test("a partner whose code is taken is named with it, and the others get theirs", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const batchId = await started(world, discountId, { pattern: "{FIRST}{VALUE}", codesEach: "1" });
  await world.drain(120_000);
  expect((await codesOf(world, batchId)).map(({ code, state }) => `${code} ${state}`)).toEqual([
    "BEN10 live",
  ]);
  const read = await readBatch(ports, { shop, batchId });
  expect(read).toMatchObject({ batch: { state: "done" }, leftOut: { codes: 1 } });
  if (!read) throw new Error("the batch is gone");
  expect(batchView(read, "UTC")).toMatchObject({
    ...{ failed: 1, all: 2, waiting: 0 },
    failedCodes: [
      { partner: "Anna Able", problem: expect.stringMatching(/^ANNA10 is taken.+RANDOM:4/) },
    ],
  });
  const { batches } = await listBatches(ports, { shop, after: null });
  const listed = batches.find(({ id }) => id === batchId);
  expect(listed).toMatchObject({ live: 1, failed: 1 });
  const file = failedCodesFile([], [], await listLeftOut(ports, { shop, batchId }));
  expect(file).toContain(",Anna Able,10001,This app,");
});

test("a pattern with hardly any free code left ends the batch with what to do", async () => {
  const { world, discountId } = await worldWithDiscount();
  await started(world, discountId, { pattern: "X{RANDOM:1}", codesEach: "5", draftKey: "first" });
  await world.drain(120_000);
  const batchId = await started(world, discountId, { pattern: "X{RANDOM:1}", codesEach: "5" });
  for (const code of ALPHABET) makeInShopify(world, `X${code}`, "Flash sale");
  // The hour's requests went for the first batch: the second waits to hear what stands at impact.com.
  await world.drain(3_600_000);
  const batch = await world.ports.store.batches.find(world.domain, batchId);
  expect(batch?.state).not.toBe("running");
  const live = (await codesOf(world, batchId)).filter(({ state }) => state === "live");
  expect(live).toEqual([]);
});

test.each([
  ["no partner", { partnerIds: [] }, "partners", /Choose at least one partner/],
  ["a partner nobody knows", { partnerIds: ["9" as PartnerId] }, "partners", /Sync partners/],
  ["no number", { codesEach: "many" }, "codesEach", /whole number/],
  ["too many", { codesEach: "200000" }, "codesEach", /200,000 codes at a time/],
  ["far too many", { codesEach: "9999999" }, "codesEach", /200,000 codes at a time/],
  ["no random part", { pattern: "{FIRST}" }, "pattern", /random part/],
  ["an unknown token", { pattern: "{FRIST}-{RANDOM:6}" }, "pattern", /FRIST/],
])(
  "a form with %s is refused at its field, and nothing is stored",
  async (_what, form, field, sentence) => {
    const { world, discountId } = await worldWithDiscount();
    const answer = await start(world, discountId, form);
    const problems = answer && !answer.ok ? answer.problems : [];
    expect(problems.filter((one) => one.field === field)[0]?.message).toMatch(sentence);
    expect(await world.prisma.batch.count()).toBe(1);
  },
);

test("another shop's discount gets no codes", async () => {
  const { world } = await worldWithDiscount();
  expect(await start(world, "00000000-0000-4000-8000-000000000000")).toBeNull();
});

test.each([1, 3, 5, 8, 11, 15, 20, 26])(
  "killed at its call number %i, a drawn batch goes on to make each code once",
  async (nth) => {
    const { world, discountId } = await worldWithDiscount();
    const batchId = await started(world, discountId);
    const doomed = killedAt(world, nth);
    const run = makeCodes(doomed.ports, { shop: world.domain, batchId });
    await Promise.race([run, doomed.killed]);
    world.clock.pass(3_600_000);
    await world.drain(3_600_000);
    const codes = await codesOf(world, batchId);
    expect(codes.filter(({ state }) => state === "live")).toHaveLength(600);
    expect(world.shop.codes.size).toBe(601);
  },
);

test("a worker that stood still while others went on stores nothing of what it drew meanwhile", async () => {
  const { world, discountId } = await worldWithDiscount();
  const batchId = await started(world, discountId);
  const batch = await world.ports.store.batches.find(world.domain, batchId);
  if (!batch?.plan) throw new Error("no plan");
  await planParts(world.ports, batch, batch.plan);
  const drawn = await codesOf(world, batchId);
  await expect(planParts(world.ports, batch, batch.plan)).rejects.toThrow("taken over");
  expect(await codesOf(world, batchId)).toEqual(drawn);
});

test("what is drawn and then dropped is drawn again for the same partners, whoever was left out between", () => {
  const [A, B, C, D] = ["1", "2", "3", "4"] as PartnerId[];
  if (!A || !B || !C || !D) throw new Error("four partners");
  const plan = {
    pattern: "{FIRST}",
    value: "10",
    codesEach: 2,
    partnerIds: [A, B, C, D],
    drawn: 0,
  };
  const all = plan.partnerIds.map((partnerId) => ({ partnerId, count: 2 }));
  const undrawn = [
    { partnerId: B, count: 2, problem: "taken" },
    { partnerId: D, count: 1, problem: "taken" },
  ];
  const done = goOn(plan, all, undrawn);
  expect(done).toMatchObject({ drawn: 8, leftOut: [{ at: 2 }, { at: 7 }] });
  expect(goBack(done, 0)).toEqual(done);
  expect(goBack(done, 1)).toMatchObject({ drawn: 6, leftOut: [{ at: 2 }] });
  expect(goBack(done, 3)).toMatchObject({ drawn: 4, leftOut: [{ at: 2 }] });
  expect(goBack(done, 4)).toMatchObject({ drawn: 1, leftOut: [] });
  expect(goBack(done, 5)).toMatchObject({ drawn: 0, leftOut: [] });
});
