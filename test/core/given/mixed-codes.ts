import { randomUUID } from "node:crypto";
import type { Code } from "#app/core/codes/discount.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { World } from "#test/support/world.ts";

export interface MixedCode {
  id: string;
  code: string;
  discountId: string;
  partnerId: PartnerId | null;
  shopifyState: Code["shopifyState"];
  impactState: Code["impactState"];
  createdAt: Date;
  lastUsedAt: Date | null;
}

const NAMES = ["ANNA", "BEN", "50%_OFF", "X"];
const PARTNERS = ["10001", "10002", null] as (PartnerId | null)[];
const SHOPIFY: Code["shopifyState"][] = ["live", "live", "planned", "failed", "retired"];
const IMPACT: Code["impactState"][] = ["registered", "planned", "failed", "expired"];
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 10, 1);

/** Codes of two discounts in every state, of two partners and of nobody; many share a time. */
export async function withMixedCodes(
  { prisma, domain: shop }: Pick<World, "prisma" | "domain">,
  count: number,
): Promise<MixedCode[]> {
  const discountIds = await Promise.all(["First", "Second"].map((title) => discount(title)));
  const codes = Array.from({ length: count }, (_, index): MixedCode => ({
    id: randomUUID(),
    code: `${pick(NAMES, index)}-${((index * 7_919) % 997).toString(36).toUpperCase()}`,
    discountId: pick(discountIds, Math.floor(index / 3)),
    partnerId: pick(PARTNERS, Math.floor(index / 2)),
    shopifyState: pick(SHOPIFY, Math.floor(index / 5)),
    impactState: pick(IMPACT, Math.floor(index / 7)),
    createdAt: new Date(FROM + Math.floor(index / 10) * DAY_MS),
    lastUsedAt: index % 4 === 0 ? new Date(FROM + Math.floor(index / 12) * DAY_MS) : null,
  }));
  await prisma.code.createMany({
    data: codes.map((code) => ({ ...code, shop })),
  });
  await prisma.assignment.createMany({
    data: codes.flatMap(({ id: codeId, partnerId, createdAt: startsAt }) =>
      partnerId ? [{ shop, codeId, partnerId, startsAt }] : [],
    ),
  });
  return codes;

  async function discount(title: string): Promise<string> {
    const terms = { valueKind: "other", currency: "USD", oncePerCustomer: false, combines: false };
    const times = { startsAt: new Date(FROM), createdAt: new Date(FROM) };
    const data = { shop, draftKey: randomUUID(), title, ...terms, ...times };
    return (await prisma.discount.create({ data })).id;
  }
}

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}
