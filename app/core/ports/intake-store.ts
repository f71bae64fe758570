import type { DeliveryStore } from "./order-stores.ts";
import type { Queue } from "./queue.ts";

/** The little of a store that taking in webhooks needs; any `Store` is one. */
export interface IntakeStore {
  /** All or nothing: deliveries and their jobs are written in one commit. */
  inTransaction<T>(work: (stores: IntakeStores) => Promise<T>): Promise<T>;
}

interface IntakeStores {
  deliveries: Pick<DeliveryStore, "record">;
  queue: Queue;
}
