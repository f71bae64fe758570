import { expect, test } from "vitest";
import type { PartnerId } from "#app/core/ids.ts";
import { CREDENTIALS, createWorld, PROGRAM_ID, type World } from "#test/support/world.ts";

const AS_READ = { now: new Date(), priority: "read" as const };

async function registered({ ports, clock }: World): Promise<string> {
  const made = await ports.impact.registerPromoCode(CREDENTIALS, {
    programId: PROGRAM_ID,
    code: "ANNA10",
    partnerId: "10001" as PartnerId,
    startsAt: clock.now(),
    endsAt: null,
  });
  if (!made.ok) throw new Error(made.problem.message);
  return made.value.promoCodeId;
}

test("a registration is ended once, keeps its end when it is ended again, and is read back", async () => {
  const world = await createWorld();
  const { ports, clock } = world;
  const promoCodeId = await registered(world);
  clock.pass(60_000);
  const endedAt = clock.now();
  const ended = { ok: true, value: { wasThere: true } };
  expect(await ports.impact.endPromoCode(CREDENTIALS, promoCodeId)).toEqual(ended);
  clock.pass(60_000);
  expect(await ports.impact.endPromoCode(CREDENTIALS, promoCodeId)).toEqual(ended);
  expect(await ports.impact.readPromoCode(CREDENTIALS, promoCodeId, AS_READ)).toMatchObject({
    value: { promoCodeId, code: "ANNA10", partnerId: "10001", endsAt: endedAt },
  });
});

test("whether a registration has ended is read as it is listed, where impact.com names no end too", async () => {
  const world = await createWorld();
  const { ports, account, clock } = world;
  const promoCodeId = await registered(world);
  const read = async () => {
    const query = { now: clock.now(), priority: "read" as const };
    const there = await ports.impact.readPromoCode(CREDENTIALS, promoCodeId, query);
    return there.ok && there.value?.isEnded;
  };
  clock.pass(60_000);
  expect(await read()).toBe(false);
  const [there] = account.promoCodes;
  if (!there) throw new Error("nothing is registered");
  there.isInactive = true;
  expect(await read()).toBe(true);
  // One that is still to begin is INACTIVE, too.
  there.startsAt = new Date(clock.now().getTime() + 60_000);
  expect(await read()).toBe(false);
});

test("a registration that impact.com doesn't know is told by a value", async () => {
  const { ports } = await createWorld();
  const { impact } = ports;
  expect(await impact.endPromoCode(CREDENTIALS, "404")).toEqual({
    ok: true,
    value: { wasThere: false },
  });
  expect(await impact.readPromoCode(CREDENTIALS, "404", AS_READ)).toEqual({
    ok: true,
    value: null,
  });
});

test("ending one waits its turn like a registration when the hour's budget runs low", async () => {
  const world = await createWorld();
  const promoCodeId = await registered(world);
  world.impactState.rules.requestsPerHour = 1;
  const ended = await world.ports.impact.endPromoCode(CREDENTIALS, promoCodeId);
  expect(ended).toMatchObject({ ok: false, problem: { kind: "rate-limited", retry: "later" } });
});
