import { expect, onTestFinished, test } from "vitest";
import { createImpactBudget } from "#app/adapters/impact/impact-budget.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import type { ImpactPriority } from "#app/core/ports/impact.ts";
import { createTestClock } from "#test/support/test-clock.ts";
import { createTestDatabase } from "#test/support/test-database.ts";

const SID = "IRtestAccount";
const MINUTE = 60_000;

const HOUR = 60 * MINUTE;

/** `processes` budgets on one database, each with connections of its own. */
async function budgets(processes = 1) {
  const database = await createTestDatabase();
  const clock = createTestClock();
  const clients = Array.from({ length: processes }, () => createPrismaClient(database.url, 4));
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.$disconnect()));
    await database.drop();
  });
  const [first, ...others] = clients.map((client) => createImpactBudget(client, clock));
  if (!first) throw new Error("no process");
  /** What impact.com says of its limit, after one request for which there has to be a row. */
  const told = async (perHour: number, remaining: number, resetInSeconds: number) => {
    await first.spend(SID, "conversion");
    const headers = new Headers({
      "X-RateLimit-Limit": `${perHour}`,
      "X-RateLimit-Remaining": `${remaining}`,
      "X-RateLimit-Reset": `${resetInSeconds}`,
    });
    return first.observe(SID, headers);
  };
  /** How many of so many are let through that ask at once. */
  const spend = async (priority: ImpactPriority, wanted: number) => {
    const asked = Array.from({ length: wanted }, () => first.spend(SID, priority));
    return (await Promise.all(asked)).filter(({ ok }) => ok).length;
  };
  return { clock, budget: first, others, told, spend };
}

test("each kind of request leaves the share that is kept back for those above it", async () => {
  const { budget, told } = await budgets();
  await told(100, 100, 600);
  const spendAll = async (priority: ImpactPriority) => {
    let spent = 0;
    while ((await budget.spend(SID, priority)).ok) spent += 1;
    return spent;
  };
  const kinds = [
    ...(["spare", "read", "registration", "asked"] as const),
    ...(["outcome", "adjustment", "conversion"] as const),
  ];
  const spent = [];
  for (const kind of kinds) spent.push(await spendAll(kind));
  expect(spent).toEqual([50, 20, 10, 5, 5, 5, 5]);
});

test("registrations leave as much of an hour as orders took of the one before, and a little more", async () => {
  const { budget, clock, told, spend } = await budgets();
  await told(1_000, 1_000, 3_600);
  // One was spent to make the row.
  expect(await spend("conversion", 299)).toBe(299);
  clock.pass(3_600_000);
  expect(await budget.perHour(SID, "registration")).toBe(640);
  expect(await spend("registration", 900)).toBe(640);
  expect(await spend("conversion", 300)).toBe(300);
  // What has gone by now needs not be kept; the floor stands.
  expect(await spend("registration", 100)).toBe(0);
  expect(await spend("conversion", 100)).toBe(60);
  // Hours without orders keep back no more than their share.
  clock.pass(3 * 3_600_000);
  expect(await spend("registration", 900)).toBe(800);
});

test("registrations of many leave half of a fresh hour, less as it passes, and at its end their share alone", async () => {
  const { budget, clock, told, spend } = await budgets();
  await told(1_000, 1_000, 3_600);
  const many = () => spend("many", 600);
  expect(await many()).toBe(499);
  // Whoever else comes has room meanwhile.
  expect(await budget.spend(SID, "read")).toMatchObject({ ok: true });
  expect(await budget.spend(SID, "registration")).toMatchObject({ ok: true });
  const soon = new Date(clock.now().getTime() + 6 * MINUTE);
  expect(await budget.spend(SID, "many")).toMatchObject({
    problem: { kind: "rate-limited", retryAt: soon, message: expect.stringMatching(/kept for/) },
  });
  clock.pass(30 * MINUTE);
  expect(await many()).toBe(98);
  clock.pass(23 * MINUTE);
  expect(await many()).toBeLessThan(80);
  clock.pass(MINUTE);
  expect(await many()).toBeGreaterThan(120);
  expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: true });
  const reset = new Date(clock.now().getTime() + 6 * MINUTE);
  expect(await budget.spend(SID, "many")).toMatchObject({ problem: { retryAt: reset } });
});

test("in the first hour of a burst, registrations leave what orders will take at their pace", async () => {
  const { clock, told, spend } = await budgets();
  await told(1_000, 1_000, 3_600);
  expect(await spend("many", 100)).toBe(100);
  // 80 orders in ten minutes are 400 in the fifty to come, and a fifth more.
  clock.pass(10 * MINUTE);
  expect(await spend("conversion", 79)).toBe(79);
  expect(await spend("registration", 900)).toBe(340);
  expect(await spend("many", 100)).toBe(0);
  expect(await spend("conversion", 480)).toBe(480);
  // The burst is over: what it has not taken is free again.
  clock.passTo(new Date(clock.now().getTime() + HOUR));
  expect(await spend("conversion", 1)).toBe(1);
});

test("orders that the hour had no room for go ahead of registrations in the next one", async () => {
  const { clock, told, spend } = await budgets();
  await told(1_000, 201, 3_600);
  expect(await spend("conversion", 599)).toBe(201);
  clock.pass(HOUR);
  expect(await spend("many", 900)).toBe(280);
  expect(await spend("conversion", 720)).toBe(720);
});

test("with nothing left, a request is told when the hour ends", async () => {
  const { budget, clock, told } = await budgets();
  await told(1_000, 0, 600);
  expect(await budget.spend(SID, "conversion")).toMatchObject({
    ok: false,
    problem: {
      kind: "rate-limited",
      retry: "later",
      retryAt: new Date(clock.now().getTime() + 10 * MINUTE),
    },
  });
});

test("who is refused by the hour's limit or a pause knows that impact.com took nothing", async () => {
  const { budget, told } = await budgets();
  const nothing = { ok: false, problem: { tookNothing: true } };
  await told(1_000, 100, 3_600);
  expect(await budget.spend(SID, "many")).toMatchObject(nothing);
  await told(1_000, 0, 3_600);
  expect(await budget.spend(SID, "conversion")).toMatchObject(nothing);
  await told(2_000, 2_000, 3_600);
  for (let nth = 1; nth <= 5; nth += 1) await budget.failed(SID);
  expect(await budget.spend(SID, "conversion")).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", tookNothing: true },
  });
});

test("when the hour has ended the whole of it is there again", async () => {
  const { budget, clock, told } = await budgets();
  await told(1_000, 0, 600);
  clock.pass(10 * MINUTE - 1);
  expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: false });
  clock.pass(1);
  expect(await budget.spend(SID, "read")).toEqual({ ok: true, value: null });
  expect(await budget.spend(SID, "read")).toEqual({ ok: true, value: null });
});

test("two processes that spend at once never spend more than there is", async () => {
  const { budget, others, told } = await budgets(2);
  await told(20, 20, 600);
  const [other = budget] = others;
  const results = await Promise.all(
    Array.from({ length: 60 }, (_, i) => (i % 2 ? budget : other).spend(SID, "conversion")),
  );
  // One of 20 was spent to make the row; impact.com's word never raises what we counted ourselves.
  expect(results.filter(({ ok }) => ok).length).toBeLessThanOrEqual(20);
  expect(results.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(19);
});

test("an account with more than the documented thousand an hour may use all of it at once", async () => {
  const { budget, told } = await budgets();
  await told(5_000, 4_999, 600);
  const asked = Array.from({ length: 2_000 }, () => budget.spend(SID, "read"));
  expect((await Promise.all(asked)).filter(({ ok }) => ok)).toHaveLength(2_000);
});

test("one account's spending is nothing to another's", async () => {
  const { budget, told } = await budgets();
  await told(1_000, 0, 600);
  expect(await budget.spend("IRother", "read")).toEqual({ ok: true, value: null });
});

test("an answer without limit headers changes nothing", async () => {
  const { budget, told } = await budgets();
  await told(1_000, 0, 600);
  expect(await budget.observe(SID, new Headers())).toBeNull();
  expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: false });
});

test("after five failures in a row only one request tries at each pause's end, twice as late each time", async () => {
  const { budget, clock } = await budgets();
  for (let nth = 1; nth <= 5; nth += 1) {
    expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: true });
    await budget.failed(SID);
  }
  const pauses: number[] = [];
  for (let nth = 1; nth <= 9; nth += 1) {
    const blocked = await budget.spend(SID, "conversion");
    if (blocked.ok || !blocked.problem.retryAt) throw new Error("it is not paused");
    pauses.push((blocked.problem.retryAt.getTime() - clock.now().getTime()) / MINUTE);
    clock.passTo(blocked.problem.retryAt);
    expect(await budget.spend(SID, "outcome")).toMatchObject({ ok: true });
    expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: false });
    await budget.failed(SID);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("failures of requests that were under way when the pause began don't lengthen it", async () => {
  const { budget, clock } = await budgets();
  await budget.spend(SID, "conversion");
  for (let nth = 1; nth <= 12; nth += 1) await budget.failed(SID);
  const blocked = await budget.spend(SID, "conversion");
  expect(blocked).toMatchObject({ problem: { kind: "unavailable", retry: "later" } });
  expect(blocked).toMatchObject({ problem: { retryAt: new Date(clock.now().getTime() + MINUTE) } });
});

test.each([
  ["with limit headers", { "X-RateLimit-Remaining": "900" }],
  ["without any", {}],
])("an answer %s ends the pause for everybody", async (_which, headers) => {
  const { budget } = await budgets();
  await budget.spend(SID, "conversion");
  for (let nth = 1; nth <= 5; nth += 1) await budget.failed(SID);
  // A merchant who looks something up is not told to wait.
  expect(await budget.spend(SID, "read")).toMatchObject({ ok: true });
  await budget.observe(SID, new Headers(headers));
  expect(await budget.spend(SID, "registration")).toMatchObject({ ok: true });
});

test("requests that ask at once share the hour, over processes and kinds, to the last one", async () => {
  const { budget, others, told } = await budgets(3);
  await told(60, 60, 600);
  const processes = [budget, ...others];
  const kinds = ["conversion", "outcome", "read"] as const;
  const results = await Promise.all(
    Array.from({ length: 180 }, async (_, i) => {
      const kind = kinds[i % 3] ?? "read";
      const process = processes[Math.floor(i / 3) % 3] ?? budget;
      return { kind, ok: (await process.spend(SID, kind)).ok };
    }),
  );
  const spent = results.filter(({ ok }) => ok);
  expect(spent.length).toBe(60);
  expect(spent.filter(({ kind }) => kind === "read").length).toBeLessThanOrEqual(42);
  expect((await budget.spend(SID, "conversion")).ok).toBe(false);
});

test("a pause holds for requests that ask together: one of them tries, the others hear until when", async () => {
  const { budget, clock } = await budgets();
  const askAll = () =>
    Promise.all(Array.from({ length: 20 }, () => budget.spend(SID, "conversion")));
  expect((await askAll()).every(({ ok }) => ok)).toBe(true);
  for (let nth = 1; nth <= 5; nth += 1) await budget.failed(SID);
  expect((await askAll()).some(({ ok }) => ok)).toBe(false);
  clock.pass(MINUTE);
  const afterPause = await askAll();
  expect(afterPause.filter(({ ok }) => ok)).toHaveLength(1);
  const refusals = afterPause.flatMap((one) => (one.ok ? [] : [one.problem.kind]));
  expect(new Set(refusals)).toEqual(new Set(["unavailable"]));
});

test("what impact.com says of its limit is taken in at most once a second, unless little is left", async () => {
  const { budget, clock, told } = await budgets();
  await told(1_000, 900, 600);
  const tell = (remaining: number) =>
    budget.observe(SID, new Headers({ "X-RateLimit-Remaining": `${remaining}` }));
  const isSpent = async () => !(await budget.spend(SID, "read")).ok;
  await tell(200);
  expect(await isSpent()).toBe(false);
  clock.pass(1_000);
  await tell(200);
  expect(await isSpent()).toBe(true);
  expect((await budget.spend(SID, "conversion")).ok).toBe(true);
  await tell(0);
  expect((await budget.spend(SID, "conversion")).ok).toBe(false);
});

test("one failure makes the next answer count, so that only failures in a row pause an account", async () => {
  const { budget, others } = await budgets(2);
  const [other = budget] = others;
  const headers = new Headers({ "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "900" });
  for (let nth = 1; nth <= 8; nth += 1) {
    await other.spend(SID, "conversion");
    await other.failed(SID);
    expect(await budget.spend(SID, "conversion")).toMatchObject({ ok: true });
    await budget.observe(SID, headers);
  }
});
