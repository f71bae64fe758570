import type { LineTaken, StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { LinePayload } from "./order-books.ts";
import { booksOf, lineMoney, lineOf, takenFrom } from "./order-books.ts";

export interface LineQuantity {
  lineItemId: string;
  quantity: number;
}

export interface TakenPart extends LineTaken {
  line: LinePayload;
}

/**
 * What units of a line are worth. Each part is the share of what is left, so that parts sum to the
 * line exactly, however it is cut up: 195.66 and 195.67 stand side by side in Shopify's samples.
 */
export function partOf(order: StoredOrder, { lineItemId, quantity }: LineQuantity): TakenPart {
  const line = lineOf(order, lineItemId);
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > line.current_quantity) {
    throw new Error(`Shopify refuses: line ${line.id} has ${line.current_quantity} units left.`);
  }
  const money = lineMoney(order, line);
  const before = takenFrom(order, line);
  const share = (left: number) => Math.round((left * quantity) / line.current_quantity);
  return {
    // A refund holds the line as it was before it.
    line: structuredClone(line),
    quantity,
    subtotalMinor: share(money.subtotal - before.subtotalMinor),
    taxMinor: share(money.tax - before.taxMinor),
  };
}

/** Takes units of a line away. */
export function takeFromLine(order: StoredOrder, wanted: LineQuantity): TakenPart {
  const part = partOf(order, wanted);
  const line = lineOf(order, wanted.lineItemId);
  const before = takenFrom(order, line);
  booksOf(order).taken.set(line.id, {
    quantity: before.quantity + part.quantity,
    subtotalMinor: before.subtotalMinor + part.subtotalMinor,
    taxMinor: before.taxMinor + part.taxMinor,
  });
  line.current_quantity -= part.quantity;
  line.fulfillable_quantity = Math.max(0, line.fulfillable_quantity - part.quantity);
  return part;
}

/** What parts are worth in money: the tax comes on top where prices do not contain it. */
export function worthOf(order: StoredOrder, parts: readonly TakenPart[]): number {
  const included = order.payload["taxes_included"] === true;
  return parts.reduce((sum, part) => sum + part.subtotalMinor + (included ? 0 : part.taxMinor), 0);
}
