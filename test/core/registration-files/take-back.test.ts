import { expect, test } from "vitest";
import { offerFile } from "#app/core/registration-files/offer-file.ts";
import { startFile } from "#app/core/registration-files/start-file.ts";
import { startTakingBack, takeBackFile } from "#app/core/registration-files/take-back-file.ts";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { ANNA, BEN, startChanging } from "#test/core/given/change-batch.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import { addProgram } from "#test/sandbox/impact/create-state.ts";
import { addRedeemCode } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import type { World } from "#test/support/world.ts";
import { fileOf, HOUR, look, partOf, standOf, upload, worldWithWaiting } from "./given-file.ts";

/** How often impact.com holds each code. */
function heldThere({ account }: World, code: string) {
  return account.promoCodes.filter((one) => one.code === code);
}

test("a file is offered where one by one takes more than an hour, and says how long", async () => {
  const { world, batchId } = await worldWithWaiting(800);
  const { ports, domain: shop } = world;
  expect(await offerFile(ports, { shop, batchId: null })).toBeNull();
  await world.prisma.impactBudget.updateMany({ data: { perHour: 100 } });
  expect(await offerFile(ports, { shop, batchId })).toEqual({ codes: 800, hours: 10 });
  await startFile(ports, { shop, batchId });
  expect(await offerFile(ports, { shop, batchId })).toBeNull();
});

test("codes that are taken back are registered one by one, and what was uploaded is not told twice", async () => {
  const { world } = await worldWithWaiting(6);
  const { ports, domain: shop } = world;
  const fileId = await fileOf(world);
  const lines = (await partOf(world, fileId, 1)).split("\r\n");
  upload(world, lines.slice(0, 4).join("\r\n"));
  await startTakingBack(ports, { shop, fileId });
  await world.drain(HOUR);
  expect(await standOf(world, fileId)).toMatchObject({ state: "taken-back", takenBack: 6 });
  for (let at = 1; at <= 6; at += 1) {
    const code = `TEA-00000${at}`;
    expect(heldThere(world, code)).toHaveLength(1);
    expect(await codeOf(world, code)).toMatchObject({ impactState: "registered", fileId: null });
  }
  const asked = world.impact.requests.filter(({ method }) => method === "POST");
  expect(asked.filter(({ path }) => path.endsWith("/PromoCodes"))).toHaveLength(1 + 3);
});

test("killed while codes are taken back, each is registered once", async () => {
  for (const nth of [1, 2, 3]) {
    const { world } = await worldWithWaiting(20);
    const { ports, domain: shop } = world;
    const fileId = await fileOf(world);
    await startTakingBack(ports, { shop, fileId });
    const doomed = killedAt(world, nth);
    const run = takeBackFile(doomed.ports, { shop, fileId });
    await Promise.race([run, doomed.killed]);
    await world.drain(HOUR);
    expect(await world.prisma.code.count({ where: { impactState: "registered" } })).toBe(21);
    expect(world.account.promoCodes).toHaveLength(21);
  }
});

test("a code of a file that is given to another partner leaves the file", async () => {
  const { world } = await worldWithWaiting(2);
  const fileId = await fileOf(world);
  await startChanging(world, ["TEA-000001"], { kind: "reassign", partnerId: BEN });
  await world.drain(HOUR);
  expect(await standOf(world, fileId)).toMatchObject({ waiting: 1, takenBack: 1 });
  expect(heldThere(world, "TEA-000001")).toMatchObject([{ partnerId: BEN }]);
  expect(await partOf(world, fileId, 1)).not.toContain("TEA-000001");
});

test("a code that is retired after its file was uploaded is ended at impact.com too", async () => {
  const { world } = await worldWithWaiting(2);
  const { shopifyState, shop, clock } = world;
  const [discount] = shop.discounts.values();
  if (!discount) throw new Error("no discount");
  addRedeemCode(shopifyState, shop, discount, "TEA-000001");
  const fileId = await fileOf(world);
  upload(world, await partOf(world, fileId, 1));
  await startChanging(world, ["TEA-000001"], { kind: "retire" });
  await world.drain(HOUR / 2);
  expect(heldThere(world, "TEA-000001")).toMatchObject([{ partnerId: ANNA }]);
  expect(heldThere(world, "TEA-000001")[0]?.endsAt?.getTime()).toBeLessThanOrEqual(+clock.now());
  await look(world, fileId);
  expect(await standOf(world, fileId)).toMatchObject({ state: "done", arrived: 1, takenBack: 1 });
});

test("with another program no file counts any more, and its codes are registered there", async () => {
  const { world } = await worldWithWaiting(2);
  const { ports, domain: shop, account } = world;
  const fileId = await fileOf(world);
  const eventTypes = [{ id: "4001", name: "Sale", category: "SALE" }];
  addProgram(account, { id: "2000", name: "Other", promoCodeTracking: true, eventTypes });
  account.contracts.push(
    ...account.contracts.map((one) => ({ ...one, id: "S-2", programId: "2000" })),
  );
  await chooseProgram(ports, { shop, programId: "2000", eventTypeId: "4001" });
  await world.drain(HOUR);
  expect(await standOf(world, fileId)).toMatchObject({ state: "taken-back", waiting: 0 });
  expect(heldThere(world, "TEA-000001")).toMatchObject([{ programId: "2000" }]);
});
