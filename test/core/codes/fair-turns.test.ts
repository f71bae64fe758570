import { expect, test } from "vitest";
import { registerCodes, registrationJobs } from "#app/core/codes/register-codes.ts";
import { checkCodesNow, inShort } from "#test/core/given/check-codes-now.ts";
import { liveCodes } from "#test/core/given/live-codes.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const MINUTE = 60_000;

const registered = ({ account }: World) => account.promoCodes.length;

test("while many codes use up their part of the hour, a single one is registered and both sides are compared", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  world.impactState.rules.requestsPerHour = 40;
  const codeIds = await liveCodes(world, 30);
  const payload = { shop: world.domain, codeIds, turn: 0 };
  await world.ports.store.queue.send("register-codes", payload, payload);
  await world.drain(0);
  const many = registered(world);
  expect(many).toBeGreaterThan(5);
  expect(many).toBeLessThanOrEqual(20);
  await makeDiscount(world, draftFor([["10002", "BEN10"]]));
  await world.drain(0);
  expect(await codeOf(world, "BEN10")).toMatchObject({ impactState: "registered" });
  const differences = await checkCodesNow(world);
  expect(inShort(differences).filter(([, subject]) => subject === "BEN10")).toEqual([]);
  await world.drain();
  expect(registered(world)).toBe(31);
});

test("lists of a short run and single codes go before the later lists of a long one", async () => {
  const world = await createWorld();
  const { queue } = world.ports.store;
  const ids = (count: number) => Array.from({ length: count }, (): string => crypto.randomUUID());
  const long = ids(1_000);
  const short = ids(300);
  const single = ids(1);
  for (const codeIds of [long, short, single]) {
    await queue.sendAll("register-codes", registrationJobs(world.domain, codeIds));
  }
  const order = [];
  for (;;) {
    const [job] = await world.boss.fetch<{ codeIds: string[] }>("register-codes");
    if (!job) break;
    const [first = ""] = job.data.codeIds;
    order.push(single.includes(first) ? "single" : short.includes(first) ? "short" : "long");
  }
  expect(order).toEqual(["single", "long", "short", "long", "short", "long", "long"]);
});

test("where the hour has no more for many codes, their other lists wait without being tried, and single ones don't", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await setUpProgram(world);
  const codeIds = await liveCodes(world, 2);
  const { queue } = world.ports.store;
  const shop = world.domain;
  const single = { shop, codeIds: codeIds.slice(0, 1) };
  await queue.send("register-codes", { shop, codeIds, turn: 1 }, { turn: 1 });
  await queue.send("register-codes", single);
  world.impact.faults.rateLimitNext(1, ({ method }) => method === "POST");
  await registerCodes(world.ports, { shop, codeIds, turn: 0 });
  const jobs = await world.boss.fetch<typeof single>("register-codes", { batchSize: 10 });
  expect(jobs.map(({ data }) => data.codeIds.length)).toEqual([1]);
  const waiting = await world.prisma.$queryRaw<{ due: Date }[]>`
    SELECT start_after AS due FROM pgboss.job WHERE name = 'register-codes' AND state = 'created'`;
  const soonest = world.clock.now().getTime() + MINUTE;
  expect(waiting).toHaveLength(2);
  expect(Math.min(...waiting.map(({ due }) => due.getTime()))).toBeGreaterThan(soonest);
});
