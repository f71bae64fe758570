import { expect, test } from "vitest";
import { BEN, codesOf, drawn, familyWorld, registrations } from "#test/core/given/family-world.ts";
import { startChanging, standOf } from "#test/core/given/change-batch.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

/** Five live codes each for Anna and Ben, registered as families; the first of Anna's. */
async function worldWithFamilies() {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  await world.drain();
  const { codes } = await codesOf(world, batchId);
  const annas = codes.filter(({ code }) => code.startsWith("ANNA10-")).map(({ code }) => code);
  const [first = "", second = ""] = annas;
  return { world, batchId, first, second };
}

test("a retired code of a family leaves Shopify, and its family's registration goes on for the others", async () => {
  const { world, first, second } = await worldWithFamilies();
  const early = await buyAndDeliver(world, { codes: [first] });
  world.clock.pass(60_000);
  const batchId = await startChanging(world, [first], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  expect(world.shop.codes.has(first)).toBe(false);
  expect(await codeOf(world, first)).toMatchObject({
    shopifyState: "retired",
    impactState: "expired",
  });
  expect(world.account.promoCodes.filter(({ endsAt }) => endsAt !== null)).toEqual([]);
  const late = await buyAndDeliver(world, { codes: [second] });
  await world.drain();
  for (const orderId of [early, late]) {
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
  }
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code of a family is not given to another partner, and says why", async () => {
  const { world, first } = await worldWithFamilies();
  const batchId = await startChanging(world, [first], { kind: "reassign", partnerId: BEN });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ done: 0, failed: 1 });
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(/one of its partner's code family.*can't be given away alone/);
  expect(await codeOf(world, first)).toMatchObject({ partner: { partnerId: "10001" } });
});

test("a rotated code's successor that its partner's family matches needs no registration of its own", async () => {
  const { world, first } = await worldWithFamilies();
  const before = registrations(world).length;
  const change = { kind: "rotate", pattern: "{FIRST}{VALUE}-{RANDOM:6}" } as const;
  const batchId = await startChanging(world, [first], change);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1, failed: 0 });
  const [{ newCodeId } = { newCodeId: null }] = await world.prisma.change.findMany({
    where: { batchId },
  });
  const next = await world.prisma.code.findUniqueOrThrow({ where: { id: newCodeId ?? "" } });
  expect(next).toMatchObject({ shopifyState: "live", impactState: "registered" });
  expect(next.familyId).not.toBeNull();
  expect(registrations(world).length).toBe(before);
});
