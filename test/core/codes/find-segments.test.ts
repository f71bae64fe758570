import { expect, test } from "vitest";
import { findSegments } from "#app/core/codes/find-segments.ts";
import { openDiscount } from "#app/core/codes/edit-discount.ts";
import { discountWith } from "#test/core/given/drift.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addSegment } from "#test/sandbox/shopify/create-state.ts";
import { grantScopes } from "#test/sandbox/shopify/admin/grant-scopes.ts";

test("segments are read once the merchant allows them; until then a discount for some is for others", async () => {
  const world = await worldWithCodes();
  const { ports, domain, shopifyState, shop, prisma } = world;
  const vip = addSegment(shopifyState, shop, { name: "VIP customers", emails: [] });
  discountWith(world, "ANNA10").segments = [vip.id];
  const { id: discountId } = await prisma.discount.findFirstOrThrow({ where: { shop: domain } });
  const open = () => openDiscount(ports, { shop: domain, discountId });
  const find = (words: string) => findSegments(ports, { shop: domain, words });

  expect(await find("")).toMatchObject({ ok: false, needsScope: true });
  expect(await open()).toMatchObject({ buyers: { kind: "other" } });

  shopifyState.optionalScopes.push("read_customers");
  grantScopes(shopifyState, shop, ["read_customers"]);
  const segment = { id: `gid://shopify/Segment/${vip.id}`, title: "VIP customers" };
  expect(await find("vip")).toEqual({ ok: true, segments: [segment], hasMore: false });
  expect(await open()).toMatchObject({ buyers: { kind: "segments", chosen: [segment] } });
});
