import { expect, test } from "vitest";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { shopAtWork } from "#test/core/given/shop-at-work.ts";
import { METRICS_TOKEN, serveOperator } from "#test/support/operator.ts";

// The app reads its environment once, so this file loads it for one world.
test("probes tell process, database, migrations, queue and draining apart; metrics count what happened", async () => {
  const world = await shopAtWork();
  await withSecondShop(world);
  const { get, processState, metrics } = await serveOperator(world);
  const authorization = `Bearer ${METRICS_TOKEN}`;

  expect(await get("/healthz")).toEqual({ status: 200, body: "ok\n" });
  expect(await get("/readyz?from=balancer")).toEqual({ status: 200, body: "ready\n" });
  expect((await get("/app/metrics", { authorization })).body).toBe("not the operator's");

  // All shops' figures are for who knows the token alone.
  expect((await get("/metrics")).status).toBe(401);
  expect((await get("/metrics", { authorization: "Bearer guessed" })).status).toBe(401);

  metrics.countJobs("send-conversion", 0.2, 3, true);
  metrics.countFailedCall("impact", "rate-limited");
  metrics.countOutcome("refused", ["CONTRACT_NOT_FOUND", "kim@example.com said so"]);
  await world.prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data, start_after) VALUES
    ('process-order', '{}', now() - interval '90 seconds'), ('process-order', '{}', now() + interval '1 day')`;
  const { status, body } = await get("/metrics", { authorization });
  expect(status).toBe(200);
  for (const line of [
    'partner_codes_orders_last_day{shop="tea-house.myshopify.com",state="reported",reason="credited"} 1',
    'partner_codes_orders_last_day{shop="coffee-house.myshopify.com",state="ignored",reason="no-code"} 1',
    'partner_codes_queue_jobs{job="process-order",state="due"} 1',
    'partner_codes_queue_jobs{job="process-order",state="later"} 1',
    'partner_codes_jobs_total{job="send-conversion",result="done"} 3',
    'partner_codes_throttled_total{service="impact"} 1',
    'partner_codes_outcomes_total{outcome="refused",reason="CONTRACT_NOT_FOUND"} 1',
    'partner_codes_outcomes_total{outcome="refused",reason="other"} 1',
    "partner_codes_figures_missing 0",
  ]) {
    expect(body).toContain(line);
  }
  const age = /queue_age_seconds\{job="process-order"\} ([\d.]+)/.exec(body)?.[1];
  expect(Number(age)).toBeGreaterThanOrEqual(90);
  expect(body).not.toContain("kim@example.com");

  await world.prisma.$executeRaw`
    UPDATE "_prisma_migrations" SET finished_at = NULL
    WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`;
  const unmigrated = "the database lacks a migration of this version\n";
  expect(await get("/readyz")).toEqual({ status: 503, body: unmigrated });
  await world.prisma.$executeRaw`UPDATE "_prisma_migrations" SET finished_at = now()`;

  processState.hasQueue = false;
  expect(await get("/readyz")).toEqual({ status: 503, body: "the queue has not started yet\n" });
  processState.hasQueue = true;

  await setDatabaseUp(world.databaseUrl, false);
  expect(await get("/readyz")).toEqual({ status: 503, body: "the database can't be reached\n" });
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/metrics", { authorization })).body).toContain(
    "partner_codes_figures_missing 1",
  );
  await setDatabaseUp(world.databaseUrl, true);

  processState.isDraining = true;
  const draining = "draining: this process is about to stop\n";
  expect(await get("/readyz")).toEqual({ status: 503, body: draining });
  expect((await get("/healthz")).status).toBe(200);
});
