import { countDifferences } from "../code-differences/read-differences.ts";
import type { ShopDomain } from "../ids.ts";
import { listOverdueFiles, type FileStanding } from "../registration-files/read-file.ts";
import { failedSince } from "../orders/delivery.ts";
import { heldSince } from "../orders/held-back.ts";
import { listImpactWaits, type ImpactWait } from "../orders/list-impact-waits.ts";
import type { Order } from "../orders/order.ts";
import type { OrderState } from "../orders/order-state.ts";
import type { PartnerSync } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import type { Program } from "../program/program.ts";

export interface Home {
  setup: { connected: boolean; program: Program | null; partners: number; codes: number };
  partnerSync: PartnerSync | null;
  orders: Record<OrderState, number>;
  lastOrders: Order[];
  codes: { all: number; live: number; registered: number; failed: number };
  /** Orders that wait for the merchant to connect impact.com, or for what belongs to it. */
  impactWaits: ImpactWait[];
  /** What else the Problems page lists: it has come to a dead end. */
  problems: number;
  /** Where both sides tell of codes otherwise than we do. */
  differences: number;
  /** Registration files of which codes should have arrived at impact.com by now. */
  overdueFiles: FileStanding[];
}

const LAST_ORDERS = 5;

/** What a merchant wants to see first: what is set up, what needs them, and the last orders. */
export async function readHome(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<Home> {
  const now = clock.now();
  const [
    connection,
    partners,
    partnerSync,
    codes,
    orders,
    last,
    impactWaits,
    problems,
    differences,
    overdueFiles,
  ] = await Promise.all([
    store.connections.find(shop),
    store.partners.count(shop),
    store.partners.findSync(shop),
    store.codes.count(shop),
    store.orders.countByState(shop),
    store.orders.page(shop, { limit: LAST_ORDERS }),
    listImpactWaits({ store }, shop),
    store.problems.countAll(shop, { since: failedSince(now), heldSince: heldSince(now) }),
    countDifferences({ store }, shop),
    listOverdueFiles({ store, clock }, shop),
  ]);
  return {
    setup: {
      connected: connection !== null,
      program: connection?.program ?? null,
      partners: partners.all,
      codes: codes.all,
    },
    partnerSync,
    orders,
    lastOrders: last.orders,
    codes,
    impactWaits,
    problems,
    differences,
    overdueFiles,
  };
}
