import { expect, test } from "vitest";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { startRepairs } from "#app/core/code-differences/repair-all.ts";
import {
  checkCodesNow,
  inShort,
  listDifferences,
  repairNow,
} from "#test/core/given/check-codes-now.ts";
import { addInShopify, discountWith, ourCode, registrationOf } from "#test/core/given/drift.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver, buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import type { World } from "#test/support/world.ts";

/** impact.com has Anna's code with Ben from this moment on. */
function giveToBenThere(world: World): void {
  const hers = registrationOf(world, "ANNA10");
  if (hers) hers.endsAt = world.clock.now();
  registerElsewhere(world, "ANNA10", "10002");
  world.clock.pass(60_000);
}

async function keepTheirs(world: World): Promise<void> {
  for (const one of await checkCodesNow(world)) {
    expect(await repairNow(world, one, "keep-theirs")).toBeNull();
  }
}

test("an order that waits for a code that is left to another partner ends, and pays nobody else", async () => {
  const world = await worldWithCodes();
  giveToBenThere(world);
  const data = { impactState: "failed", impactPromoCodeId: null, registeredAt: null };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data });
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect((await standingOf(world, orderId))?.reason).toBe("code-not-registered");
  await keepTheirs(world);
  const after = await standingOf(world, orderId);
  expect(after).toMatchObject({ state: "failed", reason: "refused" });
  expect(after?.sentence).toContain("would pay them. Pay the partner who earned it by hand");
  expect((await conversionOf(world, orderId)).partnerId).toBe("10001");
  await retryOrder(world.ports, { shop: world.domain, orderId });
  await world.drain();
  expect((await standingOf(world, orderId))?.reason).toBe("refused");
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ unpaid: "NEVER REPORTED" });
});

test("nobody is followed to a registration that impact.com calls inactive by now, though it names no end", async () => {
  const world = await worldWithCodes();
  giveToBenThere(world);
  const [found] = await checkCodesNow(world);
  const theirs = registrationOf(world, "ANNA10");
  if (!found || !theirs) throw new Error("nothing differs");
  theirs.isInactive = true;
  expect(await repairNow(world, found, "keep-theirs")).toMatch(/changed since it was found/);
});

test("an order from before impact.com gave a code to another partner earns the first one", async () => {
  const world = await worldWithCodes();
  const early = buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  giveToBenThere(world);
  await keepTheirs(world);
  await deliver(world, webhookFor(world, early));
  await world.drain();
  expect(whoWasPaid(world.impactState, orderIdOf(early))).toMatchObject({ partnerId: "10001" });
});

/** A code of nobody's here, that impact.com has with Ben. */
async function nobodysThatIsBens(): Promise<World> {
  const world = await worldWithCodes();
  addInShopify(world, discountWith(world, "ANNA10"), "EXTRA");
  const [found] = await checkCodesNow(world);
  expect(await repairNow(world, found!, "adopt")).toBeNull();
  registerElsewhere(world, "EXTRA", "10002");
  return world;
}

test("a code that nobody has here and impact.com has with a partner can only become theirs", async () => {
  const world = await nobodysThatIsBens();
  const [found, ...others] = await checkCodesNow(world);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    kind: "other-partner-there",
    subject: "EXTRA",
    ourPartnerId: null,
  });
  const { repairs } = explainDifference(found!, world.clock.now());
  expect(repairs.map(({ repair }) => repair)).toEqual(["keep-theirs"]);
  expect(repairs[0]?.plan.here).toBe(
    "EXTRA belongs to Ben Baker from now on. Orders placed before stay nobody's. To have them reported too, assign it to Ben Baker under Codes instead.",
  );
  expect(await repairNow(world, found!, "keep-theirs")).toBeNull();
  expect(await ourCode(world, "EXTRA")).toMatchObject({
    ...{ impactState: "registered", partner: { partnerId: "10002" } },
  });
  expect(await checkCodesNow(world)).toEqual([]);
  const orderId = await buyAndDeliver(world, { codes: ["EXTRA"] });
  await world.drain();
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10002" });
});

test("registering all to our partners passes over a code that is nobody's, and waits for nothing", async () => {
  const world = await nobodysThatIsBens();
  giveToBenThere(world);
  expect(inShort(await checkCodesNow(world))).toEqual([
    ["other-partner-there", "ANNA10"],
    ["other-partner-there", "EXTRA"],
  ]);
  const wish = { kind: "other-partner-there", repair: "take-over" } as const;
  await startRepairs(world.ports, { shop: world.domain, ...wish });
  await world.drain();
  expect(registrationOf(world, "ANNA10")).toMatchObject({ partnerId: "10001" });
  expect(registrationOf(world, "EXTRA")).toMatchObject({ partnerId: "10002" });
  expect(inShort(await listDifferences(world))).toEqual([["other-partner-there", "EXTRA"]]);
  expect(await world.drain(60_000)).toEqual([]);
});
