import { setImmediate } from "node:timers/promises";
import { createAdminClient } from "#app/adapters/shopify/admin-client.ts";
import { createPacedAdmin } from "#app/adapters/shopify/paced-admin.ts";
import { createShopify } from "#app/adapters/shopify/shopify.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { adminOf } from "#test/support/admin-of.ts";
import { onTestFinished } from "vitest";
import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import type { World } from "#test/support/world.ts";

/** The world's ports, with calls paced by each shop's points as they are in the worker. */
export function pacedPorts({ ports, clock, shopifyState }: World): Ports {
  // Calls of one step wait side by side.
  const sleep = async (ms: number) => {
    const end = new Date(clock.now().getTime() + ms);
    await setImmediate();
    clock.passTo(end);
  };
  const adminFor = createPacedAdmin({ adminFor: adminOf(shopifyState, clock), clock, sleep });
  const log = { warn: () => undefined };
  return { ...ports, shopify: createShopify(createAdminClient({ adminFor, clock, sleep, log })) };
}

/** Gives the shops of a plan so many points at once, and so many a second, until the test ends. */
export function limitPoints(
  plan: keyof typeof planLimits,
  limits: { maximumAvailable: number; restoreRate: number },
): void {
  const before = planLimits[plan];
  planLimits[plan] = limits;
  onTestFinished(() => {
    planLimits[plan] = before;
  });
}
