import { expect, test } from "vitest";
import { registrationJobs } from "#app/core/codes/register-codes.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { ImpactProblem } from "#app/core/ports/impact.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { liveCodes } from "#test/core/given/live-codes.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Request = { method: string; path: string };
const ofCodes = ({ path }: Request) => path.includes("PromoCodes");

function asked({ impact }: World, method: string, is: RegExp): number {
  return impact.requests.filter((one) => one.method === method && is.test(one.path)).length;
}

async function jobsOf({ prisma }: World, name: string) {
  return prisma.$queryRaw<{ data: { codeIds?: string[]; turn?: number } }[]>`
    SELECT data FROM pgboss.job WHERE name = ${name} AND state = 'created'`;
}

test("an outage of minutes puts the lists of many codes off as a whole, and costs a few requests", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.impactState.rules.requestsPerHour = 100_000;
  const codeIds = await liveCodes(world, 300);
  await world.ports.store.queue.sendAll(
    "register-codes",
    registrationJobs(world.domain, codeIds, 0),
  );
  const before = world.impact.requests.length;
  world.impact.faults.failNext(Infinity, 503, ofCodes);
  await world.drain(2 * MINUTE);
  const failed = world.impact.requests.length - before;
  expect(failed).toBeLessThan(8);
  const tried = await world.prisma.code.count({ where: { impactAttempts: { gt: 0 } } });
  expect(tried).toBeLessThanOrEqual(failed);
  expect(await jobsOf(world, "register-code")).toEqual([]);
  const lists = (await jobsOf(world, "register-codes")).map(({ data }) => data);
  expect(lists.filter(({ codeIds }) => codeIds?.length === 1).length).toBeLessThanOrEqual(tried);
  expect(new Set(lists.map(({ turn }) => turn))).toEqual(new Set([0, 1]));

  world.impact.faults.clear();
  await world.drain(6 * HOUR);
  expect(await world.prisma.code.count({ where: { impactState: "registered" } })).toBe(300);
  expect(world.account.promoCodes).toHaveLength(300);
  expect(asked(world, "POST", /PromoCodes$/)).toBeLessThan(310);
  expect(asked(world, "GET", /PromoCodes/)).toBeLessThan(30);
});

test("of a list the code that impact.com did not answer is asked about first, and the others are not tried meanwhile", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const codeIds = await liveCodes(world, 4);
  await world.ports.store.queue.send("register-codes", { shop: world.domain, codeIds });
  world.impact.faults.hangUpAfterAccepting(1, ofCodes);
  await world.drain(0);
  const attempts = async () =>
    (await world.prisma.code.findMany({ orderBy: { impactAttempts: "desc" } })).map(
      ({ impactAttempts }) => impactAttempts,
    );
  expect(await attempts()).toEqual([1, 0, 0, 0]);
  await world.drain();
  expect(await attempts()).toEqual([2, 1, 1, 1]);
  expect(asked(world, "POST", /PromoCodes$/)).toBe(4);
  expect(world.account.promoCodes).toHaveLength(4);
});

test("an outage of minutes puts a list of families off as a whole", async () => {
  const names = Array.from({ length: 20 }, (_, nth) => `Partner${String.fromCharCode(65 + nth)}`);
  const { world, discountId } = await familyWorld(names);
  const partnerIds = names.map((_, index) => `${20_000 + index}` as PartnerId);
  await drawn(world, discountId, { pattern: "{FIRST}-{RANDOM:6}", codesEach: "1", partnerIds });
  const before = asked(world, "POST", /PromoCodes$/);
  world.impact.faults.failNext(Infinity, 503, ofCodes);
  await world.drain(2 * MINUTE);
  const tried = await world.prisma.codeFamily.count({ where: { attempts: { gt: 0 } } });
  expect(tried).toBeLessThan(8);
  expect((await jobsOf(world, "register-families")).length).toBeLessThanOrEqual(tried + 1);

  world.impact.faults.clear();
  await world.drain(6 * HOUR);
  expect(await world.prisma.codeFamily.count({ where: { state: "registered" } })).toBe(20);
  expect(asked(world, "POST", /PromoCodes$/) - before).toBeLessThan(30);
});

const LATER = { retry: "later", message: "It goes on by itself." } as const;

test("a family that was tried for a week is not given up by a pause, in which nobody is asked", async () => {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId, { codesEach: "1" });
  await world.prisma.codeFamily.updateMany({ data: { attempts: 200 } });
  const { impact, clock } = world.ports;
  const retryAt = new Date(clock.now().getTime() + HOUR);
  const paused = { kind: "unavailable", ...LATER, retryAt } as const;
  impact.findPromoCode = async () => ({ ok: false, problem: paused });
  await world.drain(MINUTE);
  const families = await world.prisma.codeFamily.findMany({ orderBy: { problem: "asc" } });
  expect(families).toMatchObject([
    { state: "planned", attempts: 200, problem: LATER.message },
    { state: "planned", attempts: 200 },
  ]);
});

test.each<ImpactProblem["kind"]>(["rate-limited", "unavailable"])(
  "a code alone that for weeks meets only what lets nothing be asked (%s) is never given up",
  async (kind) => {
    const world = await worldWithCodes();
    const { id } = await codeOf(world, "ANNA10");
    const untold = { impactState: "planned", impactPromoCodeId: null, registeredAt: null };
    const data = { ...untold, impactAttempts: 199 };
    await world.prisma.code.update({ where: { id }, data });
    let asks = 0;
    const refuse = async () => {
      asks += 1;
      const retryAt = new Date(world.clock.now().getTime() + HOUR);
      return { ok: false as const, problem: { kind, ...LATER, retryAt } };
    };
    Object.assign(world.ports.impact, { registerPromoCode: refuse, findPromoCode: refuse });
    await world.ports.store.queue.send("register-code", { shop: world.domain, codeId: id });
    await world.drain(10 * HOUR);
    expect(asks).toBeGreaterThan(8);
    expect(await codeOf(world, "ANNA10")).toMatchObject({
      ...{ impactState: "planned", impactAttempts: 199, impactProblem: LATER.message },
    });
  },
);
