import { PLAIN_DETAILS } from "#app/core/codes/discount.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import type { World } from "#test/support/world.ts";

/** Live codes of one batch that nobody has registered yet, as a large one leaves them; gives their ids. */
export async function liveCodes(
  { ports, domain, prisma }: World,
  count: number,
  name = "MANY",
): Promise<string[]> {
  const now = ports.clock.now();
  const terms = {
    ...PLAIN_DETAILS,
    ...{ title: "Creators", value: { kind: "percentage" as const, basisPoints: 1_000 } },
    ...{ currency: "USD", startsAt: now, endsAt: null, usageLimit: null },
    ...{ oncePerCustomer: false, combines: true, minimumMinor: null },
  };
  const codes = Array.from({ length: count }, (_, nth) => ({
    ...{ code: `${name}-${nth}` as DiscountCode, partnerId: "10001" as PartnerId },
  }));
  const draft = { draftKey: name, terms, codes };
  const { batchId } = await ports.store.discounts.create(domain, draft, now);
  await prisma.code.updateMany({ where: { batchId }, data: { shopifyState: "live" } });
  const made = await prisma.code.findMany({ where: { batchId }, orderBy: { createdAt: "asc" } });
  return made.map(({ id }) => id);
}
