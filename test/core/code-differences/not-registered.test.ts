import { expect, test } from "vitest";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { checkCodesNow, inShort, repairNow } from "#test/core/given/check-codes-now.ts";
import { discountWith, registrationOf } from "#test/core/given/drift.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { EVENT_TYPE_ID, type World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

/** Their discount has ended, which impact.com was told of, and runs again. */
async function worldWithRunningAgain(): Promise<World> {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  discount.endsAt = new Date(world.clock.now().getTime() + DAY_MS);
  await checkCodesNow(world);
  world.clock.pass(2 * DAY_MS);
  for (const one of await checkCodesNow(world)) await repairNow(world, one, "match-end");
  discount.endsAt = null;
  return world;
}

test("a code that had ended and runs again is registered in the next program, and its orders go", async () => {
  const world = await worldWithRunningAgain();
  await checkCodesNow(world);
  const [first] = world.account.programs;
  if (first) world.account.programs.push({ ...first, id: "1001", name: "Second" });
  const contracts = world.account.contracts.map((one) => ({ ...one, programId: "1001" }));
  world.account.contracts.push(...contracts);
  const choice = { shop: world.domain, programId: "1001", eventTypeId: EVENT_TYPE_ID };
  expect(await chooseProgram(world.ports, choice)).toMatchObject({ ok: true });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect((await standingOf(world, order))?.state).not.toBe("waiting");
});

test("a code that stands on both sides and is not registered here is found, and registered", async () => {
  const world = await worldWithCodes();
  const data = { impactState: "expired", impactPromoCodeId: null, registeredAt: null };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data });
  const found = await checkCodesNow(world);
  expect(inShort(found)).toEqual([["not-registered", "ANNA10"]]);
  for (const one of found) expect(await repairNow(world, one, "register-again")).toBeNull();
  expect((await codeOf(world, "ANNA10")).impactPromoCodeId).toBe(
    registrationOf(world, "ANNA10")?.id,
  );
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect((await standingOf(world, order))?.state).toBe("reported");
  expect(await checkCodesNow(world)).toEqual([]);
});

test("an order with a code that stands on both sides and is not registered here has it registered at once", async () => {
  const world = await worldWithCodes();
  const data = { impactState: "expired", impactPromoCodeId: null, registeredAt: null };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data });
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, order)).toMatchObject({ state: "reported", reason: "credited" });
  expect((await codeOf(world, "ANNA10")).impactState).toBe("registered");
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that nobody has registered for a day is found unless its job still waits", async () => {
  const world = await worldWithCodes();
  const { id: codeId } = await codeOf(world, "ANNA10");
  const data = { impactState: "planned", impactPromoCodeId: null, registeredAt: null };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data });
  world.clock.pass(2 * DAY_MS);
  expect(inShort(await checkCodesNow(world))).toEqual([["not-registered", "ANNA10"]]);
  const startAfter = new Date(world.clock.now().getTime() + DAY_MS);
  const payload = { shop: world.domain, codeIds: [codeId] };
  await world.ports.store.queue.send("register-codes", payload, { startAfter });
  expect(await checkCodesNow(world)).toEqual([]);
});
