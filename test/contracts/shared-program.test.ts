import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { conversionOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

test("the ledger shows no order of a shop that shared program and code, and left", async () => {
  // What is due a minute later is run as well, and no session token may be of the past by then.
  const world = await worldWithCodes({ startsAt: new Date(Date.now() - 600_000) });
  const other = await withSecondShop(world);
  const code = "ANNA10" as DiscountCode;
  makeInShopify(other, code, "Same");
  const given = { shop: other.domain, code, partnerId: "10001" as PartnerId, since: new Date(0) };
  expect(await assignCode(other.ports, given)).toMatchObject({ ok: true });
  await world.drain();
  const orderId = await buyAndDeliver(other, { codes: [code] });
  expect(await conversionOf(other, orderId)).toMatchObject({ state: "credited" });
  await loadApp(world);
  const { loader } = await import("#app/routes/app.ledger.tsx");
  const compareAndShow = async () => {
    await startReconciliation(world.ports, { shop: world.domain, kind: "actions" });
    await world.drain(1_000);
    // A session token is signed by the wall clock.
    world.clock.passTo(new Date());
    const page = await callRoute(loader, adminRequest(world, world.domain, "/app/ledger"));
    expect(page.status).toBe(200);
    return page.text();
  };
  expect(await compareAndShow()).not.toContain(orderId);
  await disconnectImpact(other.ports, other.domain);
  expect(await compareAndShow()).not.toContain(orderId);
  await other.ports.store.shops.erase(other.domain, { but: randomUUID() });
  expect(await compareAndShow()).not.toContain(orderId);
  // Where nobody remembers that there was another shop, it is shown: its absence above means something.
  await world.prisma.programUse.deleteMany({ where: { shop: { not: world.domain } } });
  expect(await compareAndShow()).toContain(orderId);
});
