import { expect, test } from "vitest";
import { ANNA, BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow, repairNow } from "#test/core/given/check-codes-now.ts";
import { registrationOf } from "#test/core/given/drift.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { defaultRules } from "#test/sandbox/impact/rules.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const READINGS = (["allowed", "refused"] as const).flatMap((againAfterItsEnd) =>
  (["allowed", "refused"] as const).map((againWhileItStands) => ({
    ...{ againAfterItsEnd, againWhileItStands },
  })),
);

async function worldBy(reading: (typeof READINGS)[number]): Promise<World> {
  const world = await worldWithCodes();
  world.impactState.rules = { ...defaultRules, ...reading };
  world.clock.pass(60_000);
  return world;
}

/** The code earns its partner, or the merchant is told the way out, which then is one. */
async function earnsOrIsRotated(
  world: World,
  partnerId: string,
  { againAfterItsEnd }: (typeof READINGS)[number],
): Promise<void> {
  world.clock.pass(60_000);
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  if (againAfterItsEnd === "allowed") {
    expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
    expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId });
    return;
  }
  expect(await standingOf(world, order)).toMatchObject({ reason: "code-not-registered" });
  const { impactState, impactProblem } = await codeOf(world, "ANNA10");
  expect(impactState).toBe("failed");
  expect(impactProblem).toMatch(/already exists.*takes no code a second time, rotate it/);
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain();
  const [{ newCodeId } = { newCodeId: null }] = await world.prisma.change.findMany({
    where: { batchId },
  });
  const fresh = await world.prisma.code.findUniqueOrThrow({ where: { id: newCodeId ?? "" } });
  expect(fresh).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered", partnerId },
  });
}

test.each(READINGS)(
  "a reassigned code earns its new partner or says what to do: %o",
  async (reading) => {
    const world = await worldBy(reading);
    const batchId = await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
    await world.drain();
    const isTaken = reading.againAfterItsEnd === "allowed";
    expect(await standOf(world, batchId)).toMatchObject(isTaken ? { done: 1 } : { failed: 1 });
    expect(await codeOf(world, "ANNA10")).toMatchObject({ partner: { partnerId: BEN } });
    await earnsOrIsRotated(world, BEN, reading);
  },
);

test.each(READINGS)(
  "a code whose end is matched earns its partner or says what to do: %o",
  async (reading) => {
    const world = await worldBy(reading);
    const registration = registrationOf(world, "ANNA10");
    if (!registration) throw new Error("ANNA10 is not registered");
    registration.endsAt = new Date(world.clock.now().getTime() + 86_400_000);
    const [difference] = await checkCodesNow(world);
    expect(difference).toMatchObject({ kind: "ends-differ", subject: "ANNA10" });
    if (!difference) throw new Error("nothing differs");
    await repairNow(world, difference, "match-end");
    await earnsOrIsRotated(world, ANNA, reading);
  },
);
