import { expect, test } from "vitest";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
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
