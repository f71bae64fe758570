import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const MINUTE = 60_000;

/** Anna's code as before its first try at impact.com. */
async function unregistered(world: World): Promise<string> {
  const { id } = await codeOf(world, "ANNA10");
  world.account.promoCodes = world.account.promoCodes.filter(({ code }) => code !== "ANNA10");
  const untold = { impactState: "planned", impactPromoCodeId: null, registeredAt: null };
  await world.prisma.code.update({ where: { id }, data: { ...untold, impactAttempts: 0 } });
  return id;
}

/** Registers a code, and stands still once impact.com has taken it until told to go on. */
async function standStill(world: World, codeId: string) {
  const real = world.ports.impact.registerPromoCode;
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (goOn = resolve));
  let stands: () => void = () => undefined;
  const standing = new Promise<void>((resolve) => (stands = resolve));
  const registerPromoCode: typeof real = async (...given) => {
    const made = await real(...given);
    stands();
    await told;
    return made;
  };
  const impact = { ...world.ports.impact, registerPromoCode };
  const done = registerCode({ ...world.ports, impact }, { shop: world.domain, codeId });
  await standing;
  return async () => {
    goOn();
    await done;
  };
}

test("who registers a code and wakes after it was given to another partner changes nothing any more", async () => {
  const world = await worldWithCodes();
  const wake = await standStill(world, await unregistered(world));
  world.clock.pass(3 * MINUTE);
  const batchId = await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
  await world.drain(1_000);
  await wake();
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
  const stand = world.account.promoCodes.filter(
    ({ code, endsAt }) => code === "ANNA10" && endsAt === null,
  );
  expect(stand).toMatchObject([{ partnerId: BEN }]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ impactState: "registered", impactPromoCodeId: stand[0]?.id },
    partner: { partnerId: BEN },
  });
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
  expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: BEN });
});

test("a registration whose worker died right after it ends with its code", async () => {
  const world = await worldWithCodes();
  await standStill(world, await unregistered(world));
  world.clock.pass(3 * MINUTE);
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "expired" });
  const stands = ({ code, endsAt }: { code: string; endsAt: Date | null }) =>
    code === "ANNA10" && endsAt === null;
  expect(world.account.promoCodes.filter(stands)).toEqual([]);
});

test("whose lease on a code is another's by now writes nothing down of it", async () => {
  const world = await worldWithCodes();
  const codeId = await unregistered(world);
  const { codes } = world.ports.store;
  const now = world.clock.now();
  const [first, second] = leases(now);
  const late = await codes.claimForRegistration(world.domain, codeId, first);
  const holder = await codes.claimForRegistration(world.domain, codeId, second);
  if (!late || !holder) throw new Error("not claimed");
  const failed = { state: "failed", problem: "Too late.", attempts: 9 } as const;
  expect(await codes.saveImpactState(world.domain, late, failed, now)).toBe(false);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ impactState: "planned", impactAttempts: 2, leaseUntil: second.until },
  });
  expect(await codes.saveImpactState(world.domain, holder, failed, now)).toBe(true);
});

test("whose lease on a family is another's by now writes nothing down of it", async () => {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId);
  const { families } = world.ports.store;
  const { id } = await world.prisma.codeFamily.findFirstOrThrow();
  const now = world.clock.now();
  const [first, second] = leases(now);
  const late = await families.claim(world.domain, id, first);
  const holder = await families.claim(world.domain, id, second);
  if (!late || !holder) throw new Error("not claimed");
  const failed = { state: "failed", problem: "Too late." } as const;
  expect(await families.saveState(world.domain, { ...late, ...failed }, now)).toBe(false);
  expect(await families.find(world.domain, id)).toMatchObject({
    ...{ state: "planned", attempts: 2, leaseUntil: second.until },
  });
  expect(await families.saveState(world.domain, { ...holder, ...failed }, now)).toBe(true);
});

/** One that runs out, and one that is taken in the moment it has. */
function leases(now: Date) {
  const [at, end] = [MINUTE, 2 * MINUTE].map((ms) => new Date(now.getTime() + ms));
  if (!at || !end) throw new Error("no times");
  return [
    { now, until: at },
    { now: at, until: end },
  ] as const;
}
