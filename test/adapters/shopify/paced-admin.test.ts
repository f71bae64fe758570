import { expect, test } from "vitest";
import { createPacedAdmin } from "#app/adapters/shopify/paced-admin.ts";
import { problemForError } from "#app/adapters/shopify/shopify-problems.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { testAdmin, type TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";

// A mutation of 10 points.
const DEAR = `mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { deletedCodeDiscountId } }`;

/** The paced client over stand-ins, one for each shop, that all live on the first one's clock. */
function pacedOver(admins: Record<string, TestAdmin>) {
  const [first] = Object.values(admins);
  if (!first) throw new Error("no stand-in");
  let throttled = 0;
  const adminFor = createPacedAdmin({
    adminFor: async (shop) => ({
      graphql: async (document, { variables }) => {
        const body = await admins[shop]?.graphql<unknown>(document, variables);
        if (body?.errors) {
          throttled += 1;
          throw Object.assign(new Error("Throttled"), { body });
        }
        return { json: async () => body };
      },
    }),
    clock: first.state.clock,
    sleep: async (ms) => {
      for (const admin of Object.values(admins)) admin.pass(ms);
    },
  });
  const ask = async (shop: string) => {
    const admin = await adminFor(shop as ShopDomain);
    await admin.graphql(DEAR, { variables: {} });
  };
  return { ask, throttled: () => throttled };
}

test("with an empty bucket, calls that come together go out in turn as points come back, and none is throttled", async () => {
  const admin = await testAdmin();
  const { ask, throttled } = pacedOver({ "one.myshopify.com": admin });
  await ask("one.myshopify.com");
  const start = admin.state.clock.now().getTime();
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 8 }, () => ask("one.myshopify.com")));
  }
  expect(throttled()).toBe(0);
  // 3,200 points are asked for; the bucket held 1,990, and 100 come back each second.
  const seconds = (admin.state.clock.now().getTime() - start) / 1_000;
  expect(seconds).toBeGreaterThanOrEqual(12);
  expect(seconds).toBeLessThan(14);
});

test("one shop's empty bucket makes no other shop wait", async () => {
  const full = await testAdmin();
  const empty = await testAdmin();
  const { ask } = pacedOver({ "full.myshopify.com": full, "empty.myshopify.com": empty });
  await ask("full.myshopify.com");
  await ask("empty.myshopify.com");
  const { bucket } = empty.shop.installation ?? {};
  if (!bucket) throw new Error("not installed");
  Object.assign(bucket, { available: 10, filledAt: empty.state.clock.now() });
  await ask("empty.myshopify.com");
  const start = full.state.clock.now().getTime();
  await ask("full.myshopify.com");
  expect(full.state.clock.now().getTime()).toBe(start);
});

test("a refusal for lack of points is learned from: the next call waits", async () => {
  const admin = await testAdmin();
  const { ask, throttled } = pacedOver({ "one.myshopify.com": admin });
  await ask("one.myshopify.com");
  const { bucket } = admin.shop.installation ?? {};
  if (!bucket) throw new Error("not installed");
  // Another app of the same shop, or another process of ours, has spent them.
  Object.assign(bucket, { available: 0, filledAt: admin.state.clock.now() });
  await expect(ask("one.myshopify.com")).rejects.toThrow("Throttled");
  await ask("one.myshopify.com");
  expect(throttled()).toBe(1);
});

test("a call whose turn is far off is refused at once, with when to come back, and holds no place in the line", async () => {
  const admin = await testAdmin();
  const { ask } = pacedOver({ "one.myshopify.com": admin });
  await ask("one.myshopify.com");
  const { bucket } = admin.shop.installation ?? {};
  if (!bucket) throw new Error("not installed");
  // Another app of the same shop has spent them; 10 s bring a thousand points.
  Object.assign(bucket, { available: 0, filledAt: admin.state.clock.now() });
  await expect(ask("one.myshopify.com")).rejects.toThrow("Throttled");
  const { clock } = admin.state;
  const start = clock.now();
  const asked = await Promise.allSettled(
    Array.from({ length: 130 }, () => ask("one.myshopify.com")),
  );
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  // The one that was refused before may or may not have cost its points.
  expect(refused).toHaveLength(31);
  const problem = problemForError(refused[0], start);
  expect(problem).toMatchObject({ kind: "throttled", retry: "later" });
  expect(problem.retryAt?.getTime()).toBeGreaterThan(start.getTime() + 10_000);
  expect(problem.retryAt?.getTime()).toBeLessThan(start.getTime() + 10_200);
  const passed = clock.now().getTime() - start.getTime();
  expect(passed).toBeLessThanOrEqual(10_000);
});
