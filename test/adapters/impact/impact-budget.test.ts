import { expect, onTestFinished, test } from "vitest";
import { createImpactBudget } from "#app/adapters/impact/impact-budget.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import type { ImpactPriority } from "#app/core/ports/impact.ts";
import { createTestClock } from "#test/support/test-clock.ts";
import { createTestDatabase } from "#test/support/test-database.ts";

const SID = "IRtestAccount";
const MINUTE = 60_000;

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
  return { clock, budget: first, others, told };
}

test("each kind of request leaves the share that is kept back for those above it", async () => {
  const { budget, told } = await budgets();
  await told(100, 100, 600);
  const spendAll = async (priority: ImpactPriority) => {
    let spent = 0;
    while ((await budget.spend(SID, priority)).ok) spent += 1;
    return spent;
  };
  const kinds = ["read", "registration", "outcome", "adjustment", "conversion"] as const;
  const spent = [];
  for (const kind of kinds) spent.push(await spendAll(kind));
  expect(spent).toEqual([70, 10, 10, 5, 5]);
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
