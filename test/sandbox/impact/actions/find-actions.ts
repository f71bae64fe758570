import { indexedBy } from "#test/sandbox/derived.ts";
import type { Action } from "../state.ts";

export const actionsById = indexedBy(({ id }: Action) => id);

/** Several share an order id after a reversal, or under several event types. */
export const actionsOfOrder = indexedBy(({ orderId }: Action) => orderId);
