import { expect, test } from "vitest";
import { previewDrawing } from "#app/core/batches/preview-drawing.ts";
import { expressionOf, matches, type Shape } from "#app/core/codes/families/family-shape.ts";
import { success } from "#app/core/result.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import {
  ANNA,
  BEN,
  codesOf,
  draw,
  drawn,
  familyWorld,
  registrations,
} from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { requestsTo } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;

/** Partners by the hundred, many of one first name. */
function names(count: number): string[] {
  const first = ["Cleo", "Dan", "Eva", "Finn", "Gia"];
  return Array.from({ length: count }, (_, at) => `${first[at % first.length]} Number ${at}`);
}

test("5,000 codes for 500 partners by families: 500 registrations at impact.com, and all are live and registered", async () => {
  const { world, discountId } = await familyWorld(names(498));
  const before = registrations(world).length;
  const batchId = await drawn(world, discountId, {
    ...{ pattern: "{FIRST}-{ID}-{RANDOM:6}", codesEach: "10", partnerIds: "all" },
  });
  await world.drain(HOUR_MS);
  const { codes, states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 5_000 });
  const told = registrations(world).slice(before);
  expect(told).toHaveLength(500);
  expect(new Set(told).size).toBe(500);
  expect(told.every((one) => one.startsWith("RE "))).toBe(true);
  for (const { code, family, impactPromoCodeId } of codes) {
    expect(impactPromoCodeId).toBeNull();
    const shape = (family?.shape ?? "") as Shape;
    expect(matches(shape, code as DiscountCode)).toBe(true);
    const there = world.account.promoCodes.find(({ id }) => id === family?.promoCodeId);
    expect(there?.code).toBe(expressionOf(shape));
  }
  const counts = await world.ports.store.families.countForBatch(world.domain, batchId);
  expect(counts).toEqual({ all: 500, registered: 500, failed: 0 });
}, 180_000);

async function refusal(...asked: Parameters<typeof draw>): Promise<string | undefined> {
  const answer = await draw(...asked);
  if (!answer || answer.ok) return undefined;
  expect(await asked[0].prisma.codeFamily.count()).toBe(0);
  expect(answer.problems.map(({ field }) => field)).toEqual(["asFamilies"]);
  return answer.problems[0]?.message;
}

test("partners whose families clash are named with a pattern that keeps them apart, and that one is let through", async () => {
  const { world, discountId } = await familyWorld(["Anna Bell", "Ann A10"]);
  const form = { partnerIds: "all" as const };
  expect(await refusal(world, discountId, form)).toBe(
    "Anna Able and Anna Bell would both have the codes ANNA10-******. Use the pattern {FIRST}{VALUE}-{ID}-{RANDOM:6}, or register the codes one by one.",
  );
  const batchId = await drawn(world, discountId, {
    ...{ ...form, pattern: "{FIRST}{VALUE}-{ID}-{RANDOM:6}" },
  });
  await world.drain(HOUR_MS);
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 20 });
});

function registerThere({ account, clock }: World, code: string, changes: { type?: "RE" } = {}) {
  account.promoCodes.push({
    ...{ id: `there-${code}`, code, type: "LI", creditPolicy: "ALWAYS", programId: "1000" },
    ...{ partnerId: BEN, dealId: "", dealName: "", createdAt: clock.now() },
    ...{ startsAt: new Date("2026-01-01T00:00:00Z"), endsAt: null },
    ...changes,
  });
}

const TRY_ID = "Use the pattern {FIRST}{VALUE}-{ID}-{RANDOM:6}, or register the codes one by one.";

test("a family that would match what another partner has at impact.com is refused", async () => {
  const { world, discountId } = await familyWorld();
  registerThere(world, "anna10-acdefh");
  expect(await refusal(world, discountId)).toBe(
    `At impact.com anna10-acdefh is registered to Ben Baker, and Anna Able's family ANNA10-****** would match it. ${TRY_ID}`,
  );
  world.account.promoCodes.splice(-1);
  registerThere(world, expressionOf("ANNA10-A*****" as Shape), { type: "RE" });
  expect(await refusal(world, discountId)).toMatch(/Anna Able's family ANNA10-\*{6} would match/);
  world.account.promoCodes.splice(-1);
  registerThere(world, "ANNA.*|OTHER", { type: "RE" });
  expect(await refusal(world, discountId)).toBe(
    "At impact.com Ben Baker has the regular expression ANNA.*|OTHER. Nothing tells whether it matches Anna Able's codes ANNA10-******. Start the pattern with another word, or register the codes one by one.",
  );
  const [expression] = world.account.promoCodes.splice(-1);
  if (expression) world.account.promoCodes.push({ ...expression, endsAt: expression.startsAt });
  expect(await refusal(world, discountId)).toBeUndefined();
});

test("families are planned where impact.com holds more than 30,000 registrations, most of them ended, and compared with the last", async () => {
  const { world, discountId } = await familyWorld();
  const endsAt = new Date(world.clock.now().getTime() - 1_000);
  for (let at = 0; at < 31_000; at += 1) registerElsewhere(world, `OLD${at}`, BEN, { endsAt });
  expect(await draw(world, discountId)).toMatchObject({ ok: true });
  registerElsewhere(world, "ANNA10-ACDEFH", BEN);
  const refused = await draw(world, discountId, { draftKey: "another", partnerIds: [ANNA] });
  expect(refused).toMatchObject({
    ok: false,
    problems: [
      { message: expect.stringMatching(/At impact\.com ANNA10-ACDEFH is registered to Ben/) },
    ],
  });
});

test("a family that would match another's code of ours, or one that nobody has, is refused", async () => {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId, { asFamilies: false, codesEach: "1" });
  await world.drain(HOUR_MS);
  const { codes } = await codesOf(world, batchId);
  const code = codes.find((one) => one.code.startsWith("ANNA"));
  const where = { codeId: code?.id ?? "" };
  await world.prisma.assignment.updateMany({ where, data: { partnerId: BEN } });
  const again = { draftKey: "again" };
  expect(await refusal(world, discountId, again)).toBe(
    `Anna Able's family ANNA10-****** would match ${code?.code}, a code of Ben Baker. ${TRY_ID}`,
  );
  await world.prisma.assignment.deleteMany({ where });
  expect(await refusal(world, discountId, again)).toMatch(/a code that nobody has\./);
  // Without it, Ben's own codes and a retired one stand in nobody's way.
  await world.prisma.code.update({
    where: { id: where.codeId },
    data: { shopifyState: "retired" },
  });
  expect(await refusal(world, discountId, again)).toBeUndefined();
});

test("of two forms at once whose families clash one is let through", async () => {
  const { world, discountId } = await familyWorld(["Anna Bell"]);
  const bell = "20000" as PartnerId;
  const answers = await Promise.all([
    draw(world, discountId, { partnerIds: [ANNA], draftKey: "one" }),
    draw(world, discountId, { partnerIds: [bell], draftKey: "other" }),
  ]);
  expect(answers.map((answer) => answer?.ok).toSorted()).toEqual([false, true]);
  expect(await world.prisma.codeFamily.count()).toBe(1);
});

test("the same form sent twice plans its families once", async () => {
  const { world, discountId } = await familyWorld();
  const before = registrations(world).length;
  const [one, other] = await Promise.all([drawn(world, discountId), drawn(world, discountId)]);
  expect(other).toBe(one);
  await world.drain(HOUR_MS);
  expect((await codesOf(world, one)).states).toEqual({ "live, registered": 10 });
  expect(registrations(world)).toHaveLength(before + 2);
});

test("a pattern that can't be a family is refused with what it lacks", async () => {
  const { world, discountId } = await familyWorld();
  const message = await refusal(world, discountId, { pattern: "TEA-{RANDOM:8}" });
  expect(message).toMatch(/Start the pattern with \{FIRST\} or \{ID\}/);
});

test("when impact.com can't be asked what it has, nothing is made", async () => {
  const { world, discountId } = await familyWorld();
  world.impact.faults.failNext(9, 503);
  expect(await refusal(world, discountId)).toMatch(/impact\.com/);
  expect(await world.prisma.batch.count()).toBe(1);
});

test("families are offered where they save more than an hour of the account's budget", async () => {
  const { world, discountId } = await familyWorld();
  const ask = async (codesEach: string, pattern = "{FIRST}-{RANDOM:6}") => {
    const asked = { discountId, pattern, codesEach, partnerIds: [ANNA, BEN], partners: 2 };
    return (await previewDrawing(world.ports, { shop: world.domain, ...asked }))?.families;
  };
  // A fifth of the 1,000 is kept back for conversions.
  expect(await ask("401")).toBeNull();
  expect(await ask("402")).toEqual({
    oneByOne: { requests: 804, hours: 1 },
    families: { requests: 2, hours: 0 },
    example: "ANNA-******",
  });
  expect(await ask("402", "TEA-{RANDOM:8}")).toBeNull();
  // What could not be compared is not offered, and how many there are is asked once for a form.
  const counts = () =>
    requestsTo(world, "GET", "/PromoCodes").filter(({ query }) => !query.has("Code"));
  const asked = counts().length;
  await ask("403");
  expect(counts()).toHaveLength(asked);
  const { impact } = world.ports;
  const withCounts = (all: number, active: number) => {
    const countPromoCodes = async (...[, { isActive }]: [unknown, { isActive?: true }]) => ({
      ...{ ok: true as const, value: isActive ? active : all },
    });
    Object.assign(world.ports, { impact: { ...impact, countPromoCodes } });
  };
  withCounts(201_000, 201_000);
  expect((await ask("402"))?.whyNot).toMatch(/more than 200,000 registrations.*one by one/);
  withCounts(201_000, 3_000);
  expect(await ask("402")).toMatchObject({ note: expect.stringMatching(/that are active now/) });
  expect((await ask("402"))?.whyNot).toBeUndefined();
  Object.assign(world.ports, { impact });
  await world.prisma.program.deleteMany();
  expect(await ask("402")).toBeNull();
});

test("registrations that have ended, however many, keep nobody from families: what is active is compared", async () => {
  const { world, discountId } = await familyWorld();
  const endsAt = new Date("2026-01-02T00:00:00Z");
  registerElsewhere(world, "ANNA10-ACDEFH", ANNA, { startsAt: new Date("2026-01-01"), endsAt });
  const { impact } = world.ports;
  const listPromoCodes: typeof impact.listPromoCodes = async (credentials, query) => {
    const listed = await impact.listPromoCodes(credentials, query);
    return listed.ok && !query.isActive ? success({ ...listed.value, pages: 201 }) : listed;
  };
  Object.assign(world.ports, { impact: { ...impact, listPromoCodes } });
  const lists = () =>
    requestsTo(world, "GET", "/PromoCodes").filter(({ query }) => !query.has("Code"));
  const before = lists().length;
  expect(await draw(world, discountId)).toMatchObject({ ok: true });
  const asked = lists().slice(before);
  expect(asked.map(({ query }) => query.get("State"))).toEqual([null, "ACTIVE"]);
  registerElsewhere(world, "ANNA10-CADEFH", BEN);
  const again = await draw(world, discountId, { draftKey: "again" });
  expect(again).toMatchObject({ problems: [{ message: expect.stringMatching(/to Ben Baker/) }] });
});
