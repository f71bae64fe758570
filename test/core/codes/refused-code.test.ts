import { expect, test } from "vitest";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

test("an order with a code that Shopify refused us, and somebody else has, is nobody's of ours", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  makeInShopify(world, "ANNA10", "Sale");
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ shopifyState: "failed" });
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "ignored",
    reason: "not-a-partner-code",
  });
});
