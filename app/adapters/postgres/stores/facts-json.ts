import type { Prisma } from "@prisma/client";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import type { OrderFacts, OrderLine, Refund } from "#app/core/orders/order-facts.ts";

/** Facts as they lie in a JSON column: dates as ISO strings. */
export function factsToJson(facts: OrderFacts): Prisma.InputJsonValue {
  return {
    ...facts,
    placedAt: facts.placedAt.toISOString(),
    updatedAt: facts.updatedAt.toISOString(),
    cancelledAt: facts.cancelledAt?.toISOString() ?? null,
    lines: facts.lines.map((line) => ({ ...line })),
    clicks: facts.clicks.map(({ seenAt, ...click }) => ({
      ...click,
      seenAt: seenAt?.toISOString() ?? null,
    })),
    current: facts.current && { ...facts.current },
    // Refunds have rows of their own: some come before their order does.
    refunds: [],
  };
}

/** Facts as a delivery brought them, with the refunds they know of. */
export function deliveredFactsToJson(facts: OrderFacts): Prisma.InputJsonValue {
  return { ...(factsToJson(facts) as object), refunds: facts.refunds.map(refundToJson) };
}

type Added = "current" | "tookMinor" | "clicks" | "checkoutHash";

/** Only the two above write such columns, so their shape is known. */
export function factsFromJson(json: Prisma.JsonValue): OrderFacts {
  const stored = json as unknown as Omit<OrderFacts, Added | "refunds" | "lines"> & {
    // Facts stored before 2026-11-26 are without these.
    current?: OrderFacts["current"];
    tookMinor?: OrderFacts["tookMinor"];
    clicks?: (Omit<ToldClick, "seenAt"> & { seenAt: string | null })[];
    checkoutHash?: string | null;
    lines: (Omit<OrderLine, "tip"> & { tip?: boolean })[];
    placedAt: string;
    updatedAt: string;
    cancelledAt: string | null;
    refunds: Prisma.JsonValue[];
  };
  return {
    ...stored,
    current: stored.current ?? null,
    tookMinor: stored.tookMinor ?? null,
    clicks: (stored.clicks ?? []).map((click) => ({
      ...click,
      seenAt: click.seenAt === null ? null : new Date(click.seenAt),
    })),
    checkoutHash: stored.checkoutHash ?? null,
    lines: stored.lines.map((line) => ({ ...line, tip: line.tip ?? false })),
    refunds: stored.refunds.map(refundFromJson),
    placedAt: new Date(stored.placedAt),
    updatedAt: new Date(stored.updatedAt),
    cancelledAt: stored.cancelledAt === null ? null : new Date(stored.cancelledAt),
  };
}

type StoredRefund = Omit<Refund, "createdAt"> & { createdAt: string };

export function refundToJson(refund: Refund): Prisma.InputJsonValue {
  return {
    ...refund,
    createdAt: refund.createdAt.toISOString(),
    lines: refund.lines.map((line) => ({ ...line })),
  };
}

/** Only `refundToJson` writes the column, so its shape is known. */
export function refundFromJson(json: Prisma.JsonValue): Refund {
  const stored = json as unknown as StoredRefund;
  return { ...stored, createdAt: new Date(stored.createdAt) };
}
