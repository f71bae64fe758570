import { expect, test } from "vitest";
import { choiceIn } from "#app/components/changes/change-query.ts";
import { previewText } from "#app/components/changes/preview-text.server.ts";
import { previewChange } from "#app/core/changes/preview-change.ts";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { randomUUID } from "node:crypto";
import { startChange } from "#app/core/changes/start-change.ts";
import { readRules } from "#app/core/attribution/read-rules.ts";
import { runChanges, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import {
  codeOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const ALL_DONE = { batch: "done", open: 0, failed: 0, dropped: 0 };
const NEEDING = { kind: "needing-click" as const };

/** Anna's code earns only with a click of hers, and Ben's only with the click that counts. */
async function needingClicks(): Promise<World> {
  const world = await worldWithCodes();
  for (const [code, policy] of [
    ["ANNA10", "INVOLVED"],
    ["BEN10", "WINNER"],
  ] as const) {
    await world.prisma.code.updateMany({ where: { code }, data: { reach: policy } });
    const there = world.account.promoCodes.find((one) => one.code === code);
    if (there) there.creditPolicy = policy;
  }
  return world;
}

async function startAll({ ports, domain: shop }: World): Promise<string> {
  const form = { shop, draftKey: randomUUID(), startsAt: null, partnerId: null };
  const unused = { pattern: "", graceDays: "0" };
  const kind = "register-anew" as const;
  const answer = await startChange(ports, { ...form, ...unused, kind, selection: NEEDING });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.batchId;
}

/** Registrations that stand at impact.com. */
function standing({ account, clock }: World) {
  return account.promoCodes
    .filter(({ endsAt }) => endsAt === null || endsAt > clock.now())
    .map(({ code, creditPolicy, partnerId }) => [code, creditPolicy, partnerId])
    .toSorted();
}

const ALWAYS = [
  ["ANNA10", "ALWAYS", "10001"],
  ["BEN10", "ALWAYS", "10002"],
];

test("all codes that need a click are registered anew, one by one, and then earn without one", async () => {
  const world = await needingClicks();
  const { ports, domain: shop } = world;
  expect(await standingOf(world, await buyAndDeliver(world, { codes: ["ANNA10"] }))).toMatchObject({
    state: "failed",
  });
  const asked = { shop, selection: NEEDING, kind: "register-anew" as const, partnerId: null };
  const preview = await previewChange(ports, asked);
  expect(preview).toMatchObject({ counts: { all: 2 }, changed: 2, requests: 4 });
  const choice = choiceIn(new URLSearchParams({ action: "register-anew" }));
  const given = { choice, partner: null, startsAt: null, timeZone: "UTC" };
  expect(previewText(preview, given)).toMatchObject({
    shopify: ["Nothing changes: customers use the codes as before."],
    impact: [
      expect.stringMatching(/^2 registrations are ended, and 2 codes registered anew at once/),
      ...[/tracks no clicks of their partners/, /takes a code a second time/, /4 requests/].map(
        (sentence) => expect.stringMatching(sentence) as string,
      ),
    ],
  });
  const batchId = await startAll(world);
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect(standing(world)).toEqual(ALWAYS);
  expect((await readRules(ports, shop)).notAlways).toEqual([]);
  world.clock.pass(1_000);
  expect(await standingOf(world, await buyAndDeliver(world, { codes: ["ANNA10"] }))).toMatchObject({
    reason: "credited",
  });
  const ends = requestsTo(world, "DELETE", "").filter(({ path }) => path.includes("/PromoCodes/"));
  const made = requestsTo(world, "POST", "/PromoCodes");
  expect([ends.length, made.length]).toEqual([2, 4]);
});

test("an order that comes while its code is registered anew waits, and goes when that is done", async () => {
  const world = await needingClicks();
  const { domain: shop } = world;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "register-anew" });
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'change-codes'`;
  const down = { kind: "unavailable" as const, retry: "later" as const, message: "down" };
  const registerPromoCode = async () => ({ ok: false as const, problem: down });
  const impact = { ...world.ports.impact, registerPromoCode };
  await changeCodes({ ...world.ports, impact }, { shop, batchId });
  world.clock.pass(5_000);
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain(1_000);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
});

test("where impact.com takes no code a second time, it stops after the first one and says so", async () => {
  const world = await needingClicks();
  world.impactState.rules.againAfterItsEnd = "refused";
  const batchId = await startAll(world);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "failed", open: 1, failed: 1 });
  const batch = await world.ports.store.batches.find(world.domain, batchId);
  expect(batch?.problem).toMatch(/did not take ANNA10 again.*No other code was touched/);
  expect(standing(world)).toEqual([["BEN10", "WINNER", "10002"]]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "failed",
    impactProblem: expect.stringMatching(/already exists.*rotate it/) as string,
  });
  // Somebody at impact.com has mended it.
  world.impactState.rules.againAfterItsEnd = "allowed";
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect(standing(world)).toEqual(ALWAYS);
});

test("whatever cannot stand there with ALWAYS is left as it is, with the reason", async () => {
  const world = await needingClicks();
  await world.prisma.partner.updateMany({
    where: { partnerId: "10001" },
    data: { hasContract: false },
  });
  const other = world.account.promoCodes.find(({ code }) => code === "ANNA10");
  const batchId = await startAll(world);
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1, failed: 1 });
  expect(other).toMatchObject({ creditPolicy: "INVOLVED", endsAt: null });
  expect(await codeOf(world, "ANNA10")).toMatchObject({ reach: "INVOLVED" });
});

test("an hour's limit that is used up in between is waited for, and orders go first", async () => {
  const world = await needingClicks();
  const batchId = await startAll(world);
  const limit = { accountSid: world.account.sid };
  // Enough for the end of the first registration, and nothing more than what is kept for orders.
  await world.prisma.impactBudget.updateMany({ where: limit, data: { remaining: 201 } });
  await world.drain(60_000);
  expect(standing(world)).toEqual([["BEN10", "WINNER", "10002"]]);
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect(standing(world)).toEqual(ALWAYS);
});

test.each([3, 7, 11, 15])(
  "killed at its call number %i, it goes on, and no code is registered twice",
  async (nth) => {
    const world = await needingClicks();
    const { domain: shop } = world;
    const batchId = await startAll(world);
    await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'change-codes'`;
    const doomed = killedAt(world, nth);
    await Promise.race([changeCodes(doomed.ports, { shop, batchId }), doomed.killed]);
    world.clock.pass(3_600_000);
    await runChanges(world, batchId);
    expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
    expect(standing(world)).toEqual(ALWAYS);
  },
);
