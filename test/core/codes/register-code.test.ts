import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { retryCode } from "#app/core/codes/retry-code.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, requestsTo, standingOf } from "#test/core/given/world-with-codes.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const MINUTE = 60_000;

type Request = { method: string; path: string };
const registering = ({ method, path }: Request) =>
  method === "POST" && path.endsWith("/PromoCodes");

async function readyWorld(): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  return world;
}

/** Makes Anna's code and runs what is due within `ms`. */
async function makeAnnasCode(world: World, ms?: number): Promise<void> {
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain(ms);
}

function registeredCodes({ account }: World) {
  return account.promoCodes.map(({ code, partnerId, creditPolicy, type }) => ({
    code,
    partnerId,
    creditPolicy,
    type,
  }));
}

const ANNAS = { code: "ANNA10", partnerId: "10001", creditPolicy: "ALWAYS", type: "LI" };

test("a live code is registered to its partner, so that it always earns", async () => {
  const world = await readyWorld();
  await makeAnnasCode(world);
  expect(registeredCodes(world)).toEqual([ANNAS]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    impactPromoCodeId: world.account.promoCodes[0]?.id,
    impactProblem: null,
    registeredAt: world.clock.now(),
  });
});

test("a code's dates at impact.com are its discount's", async () => {
  const world = await readyWorld();
  const dates = { startsOn: "2026-12-01", endsOn: "2026-12-24" };
  await makeDiscount(world, draftFor([["10001", "ANNA10"]], dates));
  await world.drain();
  expect(world.account.promoCodes).toMatchObject([
    { startsAt: new Date("2026-12-01T05:00:00Z"), endsAt: new Date("2026-12-25T05:00:00Z") },
  ]);
});

test("impact.com is down: the code says so, and is registered once it is back", async () => {
  const world = await readyWorld();
  world.impact.faults.failNext(3, 503, registering);
  await makeAnnasCode(world, 0);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    shopifyState: "live",
    impactState: "planned",
    impactAttempts: 1,
    impactProblem: expect.stringMatching(/tried again by itself/) as string,
  });
  await world.drain();
  expect(registeredCodes(world)).toEqual([ANNAS]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    impactProblem: null,
  });
});

test("impact.com hangs up after accepting: the code is registered once", async () => {
  const world = await readyWorld();
  world.impact.faults.hangUpAfterAccepting(1, registering);
  await makeAnnasCode(world);
  expect(requestsTo(world, "POST", "/PromoCodes")).toHaveLength(1);
  expect(registeredCodes(world)).toEqual([ANNAS]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
});

test("a code that somebody else got meanwhile fails with who has it and what to do", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  registerElsewhere(world, "ANNA10", "10002");
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    shopifyState: "live",
    impactState: "failed",
    impactProblem:
      "ANNA10 is registered to Ben Baker at impact.com. Expire it there, then try again.",
  });
});

test("a code that the partner got at impact.com itself counts as registered", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  registerElsewhere(world, "ANNA10", "10001");
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    impactPromoCodeId: "elsewhere-ANNA10",
  });
  expect(world.account.promoCodes).toHaveLength(1);
});

test("a partner whose contract ended meanwhile fails the code with impact.com's reason", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  for (const contract of world.account.contracts) contract.endsAt = world.clock.now();
  world.clock.pass(MINUTE);
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "failed",
    impactProblem: expect.stringMatching(/has not joined this campaign/) as string,
  });
});

test("with the hour's requests used up nothing more is asked until the next hour begins", async () => {
  const world = await readyWorld();
  world.impact.faults.rateLimitNext(1, registering);
  await makeAnnasCode(world, 30 * MINUTE);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "planned",
    impactProblem: expect.stringMatching(/hourly limit is used up/) as string,
  });
  const asked = world.impact.requests.length;
  const reset = (world.account.hour?.startedAt.getTime() ?? 0) + 60 * MINUTE;

  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
  const later = world.impact.requests.slice(asked).map(({ at }) => at.getTime());
  expect(later.length).toBeGreaterThan(0);
  for (const at of later) expect(at).toBeGreaterThanOrEqual(reset);
});

test("a disabled token keeps the code waiting, and a mended one lets it be registered", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  for (const token of world.account.tokens) token.disabled = true;
  await world.drain(0);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "planned",
    impactProblem: expect.stringMatching(/token lacks the permission “Promo Codes”/) as string,
  });
  for (const token of world.account.tokens) token.disabled = false;
  await world.drain();
  expect(registeredCodes(world)).toEqual([ANNAS]);
});

test("an order with a code that isn't registered yet waits, and goes out once it is", async () => {
  const world = await readyWorld();
  world.impact.faults.failNext(2, 503, registering);
  await makeAnnasCode(world, 0);
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(order))).toEqual({
    state: "waiting",
    reason: "code-not-registered",
    sentence:
      "Anna Able earned it with ANNA10. It waits until the code is registered at impact.com.",
  });
  expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);

  await world.drain();
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({ partnerId: "10001" });
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("a code made while impact.com was disconnected is registered when a program is chosen", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await disconnectImpact(world.ports, world.domain);
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    shopifyState: "live",
    impactState: "planned",
  });
  await setUpProgram(world);
  expect(registeredCodes(world)).toEqual([ANNAS]);
});

test("a code that stands at impact.com with a policy that needs a click fails with what to do", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  registerElsewhere(world, "ANNA10", "10001", { creditPolicy: "WINNER" });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "failed",
    impactProblem:
      "ANNA10 is registered to Anna Able at impact.com with credit policy WINNER, which pays nothing without a click. Expire it there, then try again.",
  });
});

test("a code that ends at impact.com before its discount does fails with what to do", async () => {
  const world = await readyWorld();
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  registerElsewhere(world, "ANNA10", "10001", { endsAt: new Date("2027-01-31T00:00:00Z") });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "failed",
    impactProblem: expect.stringMatching(
      /^ANNA10 .* until 2027-01-31, which .*\. Expire it there, then try again\.$/,
    ) as string,
  });
});

/** Anna's code, live, its registration asked for and not begun. */
async function worldWithLiveCode() {
  const world = await readyWorld();
  world.impact.faults.failNext(3, 503, registering);
  await makeAnnasCode(world, 0);
  const code = await codeOf(world, "ANNA10");
  return { world, code, payload: { shop: world.domain, codeId: code.id } };
}

test("two jobs for one code at the same time ask impact.com once", async () => {
  const { world, payload } = await worldWithLiveCode();
  // Were it refused again, the second job would rightly try after the first.
  world.impact.faults.clear();
  const asked = requestsTo(world, "POST", "/PromoCodes").length;
  await Promise.all([registerCode(world.ports, payload), registerCode(world.ports, payload)]);
  expect(requestsTo(world, "POST", "/PromoCodes")).toHaveLength(asked + 1);
  await world.drain();
  expect(registeredCodes(world)).toEqual([ANNAS]);
});

test("a job that meets a dead one's lease goes on when the lease has ended", async () => {
  const { world, payload } = await worldWithLiveCode();
  const now = world.clock.now();
  const until = new Date(now.getTime() + 5 * MINUTE);
  await world.ports.store.codes.claimForRegistration(world.domain, payload.codeId, { now, until });
  await world.drain(4 * MINUTE);
  expect(registeredCodes(world)).toEqual([]);
  await world.drain();
  expect(registeredCodes(world)).toEqual([ANNAS]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    leaseUntil: null,
  });
});

test("whoever comes late with a failure leaves a registered code as it is", async () => {
  const world = await readyWorld();
  await makeAnnasCode(world);
  const registered = await codeOf(world, "ANNA10");
  const late = { state: "failed", problem: "Too late.", attempts: 2 } as const;
  await world.ports.store.codes.saveImpactState(world.domain, registered, late, world.clock.now());
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    impactProblem: null,
  });
});

test("a code that impact.com can't be asked about for a week fails, and is registered by a retry", async () => {
  const world = await readyWorld();
  world.impact.faults.failNext(Infinity, 503, registering);
  await makeAnnasCode(world);
  const { ports, domain: shop } = world;
  const failed = await codeOf(world, "ANNA10");
  expect(failed).toMatchObject({ shopifyState: "live", impactState: "failed" });
  expect(await ports.store.problems.listFailedCodes(shop, { limit: 9 })).toMatchObject([
    { code: "ANNA10", impactProblem: expect.stringMatching(/could not be reached/) as string },
  ]);

  world.impact.faults.clear();
  await retryCode(ports, { shop, codeId: failed.id });
  await world.drain();
  expect(registeredCodes(world)).toEqual([ANNAS]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
});
