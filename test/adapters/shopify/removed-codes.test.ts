import { expect, test } from "vitest";
import type { DiscountCode } from "#app/core/ids.ts";
import { addRedeemCode } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { addCodes, createDiscount } from "#test/sandbox/shopify/admin/test-discount.ts";
import { shopifyOf } from "./shopify-of.ts";

const GONE = { job: null, elsewhere: [] };

/** A discount with ANNA10 and these, and another discount with OTHER. */
async function twoDiscounts(more: string[]) {
  const admin = await testAdmin({ jobDurationMs: 1_000 });
  const { id: discountId } = await createDiscount(admin);
  if (more.length > 0) await addCodes(admin, discountId, more);
  await createDiscount(admin, { code: "OTHER" });
  admin.pass(1_000);
  await admin.graphql("{ shop { name } }"); // The job runs at the next request.
  const { shopify, domain, asked } = shopifyOf(admin);
  const ask = async (isAskedAgain: boolean, codes: string[]) => {
    const how = { isAskedAgain };
    const answer = await shopify.removeCodes(domain, discountId, codes as DiscountCode[], how);
    if (!answer.ok) throw new Error(answer.problem.message);
    return answer.value;
  };
  const remove = (...codes: string[]) => ask(false, codes);
  const removeAgain = (...codes: string[]) => ask(true, codes);
  const isDone = async (jobId = "") => shopify.readRemoval(domain, jobId);
  return { admin, shopify, domain, discountId, remove, removeAgain, isDone, asked };
}

const done = (isDone: boolean) => ({ ok: true, value: { done: isDone } });

test("codes are removed by a job of Shopify's, and removed again there is nothing left to do", async () => {
  const { admin, remove, isDone } = await twoDiscounts(["BEN10", "CARA10"]);
  const removal = await remove("BEN10", "ANNA10");
  expect(removal).toMatchObject({ job: { isLast: false }, elsewhere: [] });
  expect(await isDone(removal.job?.id)).toEqual(done(false));
  expect(admin.shop.codes.size).toBe(4);
  admin.pass(1_000);
  expect(await isDone(removal.job?.id)).toEqual(done(true));
  expect([...admin.shop.codes.keys()].sort()).toEqual(["CARA10", "OTHER"]);
  expect(await remove("BEN10", "ANNA10")).toEqual(GONE);
});

test("a code that a search finds by a part of its text stays", async () => {
  const { admin, remove } = await twoDiscounts(["BEN10", "BEN100", "XBEN10"]);
  await remove("BEN10");
  admin.pass(1_000);
  await admin.graphql("{ shop { name } }");
  expect([...admin.shop.codes.keys()].sort()).toEqual(["ANNA10", "BEN100", "OTHER", "XBEN10"]);
});

test("a code of another discount stays, and is said to open that one, be it asked first or again", async () => {
  const { admin, remove, removeAgain } = await twoDiscounts([]);
  const elsewhere = [{ code: "OTHER", title: "Creators 10%" }];
  expect(await remove("OTHER")).toEqual({ job: null, elsewhere });
  expect(await removeAgain("OTHER")).toEqual({ job: null, elsewhere });
  expect(admin.shop.codes.size).toBe(2);
  expect(await remove("OTHER", "ANNA10")).toMatchObject({ job: { isLast: false }, elsewhere });
});

test("a code of a discount that is gone is gone, unless it opens another one", async () => {
  const { shopify, domain } = await twoDiscounts([]);
  const gone = "gid://shopify/DiscountCodeNode/404";
  const codes = ["NOWHERE", "OTHER"] as DiscountCode[];
  expect(await shopify.removeCodes(domain, gone, codes, { isAskedAgain: false })).toEqual({
    ok: true,
    value: { job: null, elsewhere: [{ code: "OTHER", title: "Creators 10%" }] },
  });
});

test("codes that Shopify's search has not heard of yet are found all the same, on whatever page", async () => {
  const { admin, remove, discountId } = await twoDiscounts([]);
  const discount = admin.shop.discounts.get(discountId);
  if (!discount) throw new Error("no discount");
  for (let i = 0; i < 450; i += 1) addRedeemCode(admin.state, admin.shop, discount, `TEA-${i}`);
  admin.server.settings.redeemCodesAreIndexed = false;
  await remove("TEA-449", "TEA-0");
  admin.pass(1_000);
  expect(await remove("TEA-449", "TEA-0")).toEqual(GONE);
  expect(admin.shop.codes.size).toBe(450);
});

test("removing all the codes a discount has says so once it is asked again", async () => {
  const { remove, removeAgain } = await twoDiscounts(["BEN10"]);
  expect(await remove("ANNA10", "BEN10")).toMatchObject({ job: { isLast: false } });
  expect(await removeAgain("ANNA10")).toMatchObject({ job: { isLast: false } });
  expect(await removeAgain("ANNA10", "BEN10")).toMatchObject({ job: { isLast: true } });
});

test("codes that only Shopify's search still finds are gone, and are nobody's last ones", async () => {
  const { admin, remove, removeAgain } = await twoDiscounts(["BEN10", "CARA10"]);
  admin.server.settings.removedCodesAreFound = true;
  await remove("ANNA10", "BEN10");
  admin.pass(1_000);
  expect(await removeAgain("ANNA10", "BEN10")).toEqual(GONE);
  expect(await removeAgain("ANNA10", "BEN10", "CARA10")).toMatchObject({ job: { isLast: true } });
  expect(await removeAgain("BEN10")).toEqual(GONE);
});

test("a code that Shopify opens the discount by and lists nowhere is not taken for gone", async () => {
  const { admin, shopify, domain, discountId } = await twoDiscounts([]);
  admin.server.settings.redeemCodesAreIndexed = false;
  admin.server.settings.redeemCodesAreListed = false;
  const how = { isAskedAgain: false };
  const answer = await shopify.removeCodes(domain, discountId, ["ANNA10" as DiscountCode], how);
  expect(answer).toMatchObject({ ok: false, problem: { retry: "later" } });
});

test("a discount is deactivated once; one that Shopify doesn't have counts as that", async () => {
  const { admin, shopify, domain, discountId } = await twoDiscounts([]);
  const nothing = { ok: true, value: null };
  expect(await shopify.deactivateDiscount(domain, discountId)).toEqual(nothing);
  const { endsAt } = admin.shop.discounts.get(discountId) ?? {};
  expect(endsAt).toEqual(admin.state.clock.now());
  admin.pass(60_000);
  expect(await shopify.deactivateDiscount(domain, discountId)).toEqual(nothing);
  expect(admin.shop.discounts.get(discountId)?.endsAt).toEqual(endsAt);
  const gone = "gid://shopify/DiscountCodeNode/404";
  expect(await shopify.deactivateDiscount(domain, gone)).toEqual(nothing);
});

test("fifty codes are found with one search", async () => {
  const codes = Array.from({ length: 50 }, (_, index) => `BULK-${index}X`);
  const { remove, asked } = await twoDiscounts(codes);
  await remove(...codes);
  expect(asked.map(({ document }) => /(?:query|mutation) (\w+)/.exec(document)?.[1])).toEqual([
    "RedeemCodes",
    "RemoveCodes",
  ]);
});
