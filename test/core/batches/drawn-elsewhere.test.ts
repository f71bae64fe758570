import { expect, test } from "vitest";
import { listLeftOut, readBatch } from "#app/core/batches/read-batch.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import { startChanging } from "#test/core/given/change-batch.ts";
import { ANNA, BEN, codesOf, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { requestsTo } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { defaultRules } from "#test/sandbox/impact/rules.ts";
import type { World } from "#test/support/world.ts";

/** impact.com takes a code a second time: nothing but our own look keeps two partners apart. */
async function openWorld() {
  const { world, discountId } = await familyWorld();
  world.impactState.rules = { ...defaultRules, againWhileItStands: "allowed" };
  return { world, discountId };
}

const ONE_BY_ONE = { asFamilies: false, partnerIds: [ANNA, BEN], codesEach: "1" };

function ownersOf({ account }: World, code: string): string[] {
  return account.promoCodes.filter((one) => one.code === code).map(({ partnerId }) => partnerId);
}

test("a drawn code that another partner has at impact.com is refused by name, and the other partners get theirs", async () => {
  const { world, discountId } = await openWorld();
  const shop = world.domain;
  registerElsewhere(world, "anna15", "10002");
  registerElsewhere(world, "BEN15", "10001", { endsAt: new Date("2020-01-01T00:00:00Z") });
  const before = requestsTo(world, "GET", "/PromoCodes").length;
  // Nothing is made until impact.com has told.
  world.impact.faults.failNext(1, 429, ({ method }) => method === "GET");
  const batchId = await drawn(world, discountId, { ...ONE_BY_ONE, pattern: "{FIRST}15" });
  await world.drain();
  expect((await codesOf(world, batchId)).states).toEqual({ "live, registered": 1 });
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNASOWN", "BEN15"]);
  expect(ownersOf(world, "ANNA15")).toEqual([]);
  const [left] = await listLeftOut(world.ports, { shop, batchId });
  expect(left).toMatchObject({
    problem:
      "ANNA15 is registered to Ben Baker at impact.com. Choose another code, or expire it there first.",
  });
  const read = await readBatch(world.ports, { shop, batchId });
  expect(read).toMatchObject({ batch: { state: "done" }, leftOut: { codes: 1 } });
  expect(requestsTo(world, "GET", "/PromoCodes").length - before).toBe(2);
});

test("a drawn code that another partner has at impact.com, alone or by a family, gets another random part", async () => {
  const { world, discountId } = await openWorld();
  const theirs = [...ALPHABET].slice(0, 9).map((letter) => `ANNA10${letter}`);
  for (const code of theirs) registerElsewhere(world, code, "10002");
  const family = expressionOf("ANNA10Y" as Shape);
  registerElsewhere(world, family, "10002", { type: "RE" });
  const form = { ...ONE_BY_ONE, pattern: "{FIRST}{VALUE}{RANDOM:1}", codesEach: "9" };
  const batchId = await drawn(world, discountId, { ...form, partnerIds: [ANNA] });
  await world.drain();
  const { codes, states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 9 });
  expect(codes.filter(({ code }) => theirs.includes(code) || code === "ANNA10Y")).toEqual([]);
  expect(codes.flatMap(({ code }) => ownersOf(world, code))).toEqual(codes.map(() => ANNA));
});

test("a rotated code's new one is none that another partner has at impact.com", async () => {
  const { world } = await openWorld();
  registerElsewhere(world, "ANNA", "10002");
  const batchId = await startChanging(world, ["ANNASOWN"], { kind: "rotate", pattern: "{FIRST}" });
  await world.drain();
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(/ANNASOWN stays\. ANNA is registered to Ben Baker/);
  expect(ownersOf(world, "ANNA")).toEqual(["10002"]);
});

test("a pattern of which others have thousands at impact.com draws nothing, and says what to do", async () => {
  const { world, discountId } = await openWorld();
  for (let at = 0; at <= 5_000; at += 1) {
    const random = [0, 1, 2].map((digit) => ALPHABET[Math.floor(at / 20 ** digit) % 20]);
    registerElsewhere(world, `X${random.join("")}`, "99999");
  }
  const form = { ...ONE_BY_ONE, pattern: "X{RANDOM:3}", codesEach: "2" };
  const batchId = await drawn(world, discountId, form);
  await world.drain();
  const batch = await world.ports.store.batches.find(world.domain, batchId);
  expect(batch?.state).toBe("failed");
  expect((await codesOf(world, batchId)).codes).toEqual([]);
  expect(batch?.problem).toMatch(/more than 5,000 codes at impact\.com.+another word/);
});

test("codes are drawn around an expression that somebody made by hand, and refused where it matches all of them", async () => {
  const { world, discountId } = await openWorld();
  world.impactState.rules.bothFit = "expression first";
  registerElsewhere(world, "^anna10-[a-m].*$", BEN, { type: "RE" });
  registerElsewhere(world, "^BEN.*$", ANNA, { type: "RE" });
  const form = { ...ONE_BY_ONE, pattern: "{FIRST}{VALUE}-{RANDOM:4}", codesEach: "8" };
  const batchId = await drawn(world, discountId, form);
  await world.drain();
  const { codes, states } = await codesOf(world, batchId);
  expect(states).toEqual({ "live, registered": 8 });
  expect(codes.filter(({ code }) => !/^ANNA10-[^A-M]/.test(code))).toEqual([]);
  const [left] = await listLeftOut(world.ports, { shop: world.domain, batchId });
  expect(left?.problem).toMatch(/the regular expression \^BEN\.\*\$ of Anna Able matches BEN10-/);
  world.clock.pass(60_000);
  const [code] = codes;
  const order = await buyAndDeliver(world, { codes: [code?.code ?? ""] });
  await world.drain();
  expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: ANNA });
});
