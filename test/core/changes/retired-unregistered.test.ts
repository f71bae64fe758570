import { expect, test } from "vitest";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { registrationOf } from "#test/core/given/drift.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";

test("an order told of after its code was retired before it was registered fails, and says what to do", async () => {
  const world = await worldWithCodes();
  world.impact.faults.rateLimitNext(1, ({ method, path }) => {
    return method === "POST" && path.endsWith("/PromoCodes");
  });
  await makeDiscount(world, draftFor([["10001", "LATER10"]]));
  await world.drain(5_000);
  // Its first try was refused without having reached anything.
  await world.prisma.code.updateMany({ where: { code: "LATER10" }, data: { impactAttempts: 0 } });
  const order = buy(world, { codes: ["LATER10"] });
  world.clock.pass(10_000);
  const batchId = await startChanging(world, ["LATER10"], { kind: "retire" });
  await world.drain(20_000);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
  expect(await codeOf(world, "LATER10")).toMatchObject({ impactState: "expired" });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    ...{ state: "failed", reason: "refused" },
  });
  const { problem } = await world.prisma.order.findFirstOrThrow();
  expect(problem).toMatch(/^LATER10 was retired before .* Pay the partner .* by hand/);
  expect(world.account.actions.filter(({ orderId }) => orderId === `${order.id}`)).toEqual([]);
});

/** A code of Anna's that impact.com refused her, as it has it registered to somebody else. */
async function refusedAnna(partnerId: string) {
  const world = await worldWithCodes();
  await makeDiscount(world, draftFor([["10001", "LATER10"]]));
  // Somebody was quicker there.
  registerElsewhere(world, "LATER10", partnerId);
  await world.drain();
  return world;
}

test("a retired code that impact.com has registered to another partner leaves them their registration", async () => {
  const world = await refusedAnna("10002");
  expect(await codeOf(world, "LATER10")).toMatchObject({ impactState: "failed" });
  const batchId = await startChanging(world, ["LATER10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
  expect(await codeOf(world, "LATER10")).toMatchObject({ impactState: "expired" });
  expect(registrationOf(world, "LATER10")).toMatchObject({ partnerId: "10002", endsAt: null });
  const reports = (await checkCodesNow(world)).map(({ kind, subject }) => [kind, subject]);
  expect(reports).toEqual([["only-at-impact", "LATER10"]]);
});

test("a retired code's registration of which nobody heard ends, as it is its partner's", async () => {
  const world = await refusedAnna("10002");
  world.account.promoCodes = world.account.promoCodes.filter(({ code }) => code !== "LATER10");
  registerElsewhere(world, "LATER10", "10001");
  await startChanging(world, ["LATER10"], { kind: "retire" });
  await world.drain();
  expect(registrationOf(world, "LATER10")).toBeNull();
});
