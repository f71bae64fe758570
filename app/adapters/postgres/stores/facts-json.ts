import type { Prisma } from "@prisma/client";
import type { OrderFacts } from "#app/core/orders/order-facts.ts";

/** Facts as they lie in a JSON column: dates as ISO strings. */
export function factsToJson(facts: OrderFacts): Prisma.InputJsonValue {
  return {
    ...facts,
    placedAt: facts.placedAt.toISOString(),
    updatedAt: facts.updatedAt.toISOString(),
    cancelledAt: facts.cancelledAt?.toISOString() ?? null,
    lines: facts.lines.map((line) => ({ ...line })),
  };
}

/** Only `factsToJson` writes the column, so its shape is known. */
export function factsFromJson(json: Prisma.JsonValue): OrderFacts {
  const stored = json as unknown as OrderFacts & {
    placedAt: string;
    updatedAt: string;
    cancelledAt: string | null;
  };
  return {
    ...stored,
    placedAt: new Date(stored.placedAt),
    updatedAt: new Date(stored.updatedAt),
    cancelledAt: stored.cancelledAt === null ? null : new Date(stored.cancelledAt),
  };
}
