import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import { expect, test } from "vitest";
import { createAdminClient } from "#app/adapters/shopify/admin-client.ts";
import { createShopify } from "#app/adapters/shopify/shopify.ts";
import type { JobName } from "#app/core/ports/queue.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { uninstallShop } from "#app/core/shops/leave-shop.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { JOB_CASES } from "#test/contracts/shop-isolation/job-cases.ts";
import { withRichSecondShop } from "#test/core/given/theirs.ts";
import { drainJobs } from "#test/support/drain-jobs.ts";
import { createWorld, CREDENTIALS, type World } from "#test/support/world.ts";

const HOURS = 3_600_000;

/** As once the session is erased: Shopify is not asked at all. */
function withoutToken({ ports, clock }: World): Ports {
  const adminFor = () => Promise.reject(new SessionNotFoundError("no session"));
  const log = { warn: () => undefined };
  const client = createAdminClient({ adminFor, clock, sleep: async () => undefined, log });
  return { ...ports, shopify: createShopify(client) };
}

/** A shop with something left to do for every job. */
async function shopWithWork() {
  const world = await createWorld();
  const { other, theirs } = await withRichSecondShop(world);
  const where = { shop: other.domain };
  await world.prisma.conversion.updateMany({ where, data: { accountSid: CREDENTIALS.accountSid } });
  await world.prisma.partnerSync.updateMany({ where, data: { page: 0, pages: null } });
  const run = (name: JobName, ports: Ports) =>
    jobs[name].run(ports, JOB_CASES[name](other.domain, theirs));
  return { world, other, theirs, run };
}

const ASKING: JobName[] = [
  "send-conversion",
  "send-adjustment",
  "register-code",
  "register-codes",
  "take-over-codes",
  "sync-partners",
  "check-submission",
  "reconcile-actions",
];

const CREDITED = {
  state: "credited",
  held: [{ sku: "MUG", quantity: 1, amountMinor: 900 }],
};

test.each(ASKING)("while the shop is installed, %s asks impact.com", async (name) => {
  const { world, run } = await shopWithWork();
  if (name === "send-conversion") await run("register-code", world.ports);
  if (name === "send-adjustment") await world.prisma.conversion.updateMany({ data: CREDITED });
  const asked = world.impact.requests.length;
  await run(name, world.ports);
  expect(world.impact.requests.length).toBeGreaterThan(asked);
});

test("once a shop has uninstalled the app, no job asks impact.com or Shopify anything for it", async () => {
  const { world, other, theirs, run } = await shopWithWork();
  const ports = withoutToken(world);
  const { domain: shop, clock } = other;
  await uninstallShop(ports, { shop, deliveryId: theirs.deliveryId });
  expect(await world.ports.store.shops.find(shop)).toBeNull();
  const asked = { impact: world.impact.requests.length, shopify: world.shopify.calls.length };

  for (const name of Object.keys(JOB_CASES) as JobName[]) {
    await run(name, ports);
    const until = new Date(clock.now().getTime() + 3 * HOURS);
    await drainJobs({ ...other, ports, until });
    const now = { impact: world.impact.requests.length, shopify: world.shopify.calls.length };
    expect({ name, ...now }).toEqual({ name, ...asked });
  }
});
