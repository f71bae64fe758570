import { Prisma } from "@prisma/client";
import type { Order } from "#app/core/orders/order.ts";

/** Where a page of orders ended: its last order's place in the sort. */
export function encodeCursor({ placedAt, orderId }: Pick<Order, "placedAt" | "orderId">): string {
  return `${placedAt.getTime()}-${orderId}`;
}

/** Orders after the cursor; a cursor that was tampered with starts from the top. */
export function cursorCondition(cursor: string | undefined): Prisma.Sql {
  // 14 digits end in the year 5138; the database knows no year of five digits.
  const match = /^(\d{1,14})-(\d{1,20})$/.exec(cursor ?? "");
  if (!match) return Prisma.sql`TRUE`;
  const placedAt = new Date(Number(match[1]));
  return Prisma.sql`(o."placedAt", o."orderId") < (${placedAt}, ${match[2]})`;
}
