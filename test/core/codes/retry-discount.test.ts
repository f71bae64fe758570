import { expect, test } from "vitest";
import { retryDiscount } from "#app/core/codes/retry-discount.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** Anna's and Ben's codes, drafted; `meanwhile` happens before they are made. */
async function worldWhere(meanwhile: (world: World) => void) {
  const world = await createWorld();
  await setUpProgram(world);
  const draft = draftFor([
    ["10001", "ANNA10"],
    ["10002", "BEN10"],
  ]);
  const discountId = await makeDiscount(world, draft);
  meanwhile(world);
  await world.drain();
  return { world, discountId };
}

async function retry({ ports, domain, drain }: World, discountId: string): Promise<void> {
  await retryDiscount(ports, { shop: domain, discountId });
  await drain();
}

test("a code that was taken in Shopify and is free again is made and registered", async () => {
  const { world, discountId } = await worldWhere((before) =>
    makeInShopify(before, "BEN10", "Sale"),
  );
  expect(await codeOf(world, "BEN10")).toMatchObject({ shopifyState: "failed" });
  world.shop.codes.delete("BEN10");
  await retry(world, discountId);
  expect(await codeOf(world, "BEN10")).toMatchObject({
    shopifyState: "live",
    shopifyProblem: null,
    impactState: "registered",
  });
  expect(await world.ports.store.batches.newestOf(world.domain, discountId)).toMatchObject({
    state: "done",
    problem: null,
  });
});

test("a code that is still taken fails again with its sentence", async () => {
  const { world, discountId } = await worldWhere((before) =>
    makeInShopify(before, "BEN10", "Sale"),
  );
  await retry(world, discountId);
  expect(await codeOf(world, "BEN10")).toMatchObject({
    shopifyState: "failed",
    shopifyProblem: expect.stringMatching(/“Sale”/) as string,
  });
});

test("a registration that failed is taken up once the merchant has mended the cause", async () => {
  const { world, discountId } = await worldWhere((before) =>
    registerElsewhere(before, "BEN10", "10001"),
  );
  expect(await codeOf(world, "BEN10")).toMatchObject({ impactState: "failed" });
  world.clock.pass(1_000);
  for (const code of world.account.promoCodes)
    if (code.code === "BEN10") code.endsAt = world.clock.now();
  await retry(world, discountId);
  expect(await codeOf(world, "BEN10")).toMatchObject({
    impactState: "registered",
    impactProblem: null,
  });
});

test("where nothing failed, a retry asks neither side anything", async () => {
  const { world, discountId } = await worldWhere(() => undefined);
  const before = [world.impact.requests.length, world.shopify.calls.length];
  await retry(world, discountId);
  expect([world.impact.requests.length, world.shopify.calls.length]).toEqual(before);
});

test("a discount of nobody's changes nothing", async () => {
  const { world } = await worldWhere(() => undefined);
  await retry(world, "00000000-0000-4000-8000-000000000000");
  expect(await codeOf(world, "BEN10")).toMatchObject({ impactState: "registered" });
});

test("a batch that is taken up again asks after no creation of the failed run", async () => {
  const { world, discountId } = await worldWhere((before) =>
    makeInShopify(before, "BEN10", "Sale"),
  );
  await world.prisma.batchPart.updateMany({ data: { bulkCreationId: "gid://shopify/Old/1" } });
  await retryDiscount(world.ports, { shop: world.domain, discountId });
  const batch = await world.ports.store.batches.newestOf(world.domain, discountId);
  expect(batch).toMatchObject({ state: "running" });
  const parts = await world.ports.store.batches.listOpenParts(world.domain, batch?.id ?? "", 9);
  expect(parts).toMatchObject([{ state: "planned", bulkCreationId: null }]);
});
