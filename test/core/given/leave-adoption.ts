import type { World } from "#test/support/world.ts";

export interface LeftAdoption {
  adoptionId: string;
  /** Of one that nobody has taken yet. */
  checkedAdoptionId: string;
  adoptBatchId: string;
  adoptedShopifyId: string;
}

/** Codes that are being adopted, with a discount and a code that are still to come. */
export async function leaveAdoption(
  { prisma, domain: shop, clock }: World,
  title: string,
): Promise<LeftAdoption> {
  const now = clock.now();
  const place = { stage: "judge", after: null };
  const batch = await prisma.batch.create({
    data: { shop, kind: "adopt", draftKey: "their adoption", state: "running", createdAt: now },
  });
  const read = {
    plan: { source: { kind: "picked" }, by: { kind: "impact" }, place },
    ...{ startsAt: now, createdAt: now, expiresAt: new Date(now.getTime() + 86_400_000) },
  };
  const adoption = await prisma.adoption.create({
    data: { ...read, shop, draftKey: "their adoption", state: "taken", batchId: batch.id },
  });
  const checked = await prisma.adoption.create({
    data: { ...read, shop, draftKey: "their other", state: "checked" },
  });
  const [adoptionId, shopifyId] = [adoption.id, "gid://shopify/DiscountCodeNode/777"];
  await prisma.adoptionDiscount.create({ data: { adoptionId, shop, shopifyId, title } });
  await prisma.adoptionCode.create({
    data: {
      ...{ adoptionId, shop, shopifyId, code: "GUARDED-NEW", verdict: "assigned" },
      ...{ partnerId: "10001", namedId: "10001", because: "impact" },
    },
  });
  const wrong = JSON.stringify({ cells: [title], problems: [] });
  await prisma.adoptionRow.create({ data: { adoptionId, shop, number: 2, wrong } });
  return {
    adoptionId,
    checkedAdoptionId: checked.id,
    adoptBatchId: batch.id,
    adoptedShopifyId: shopifyId,
  };
}
