import type { Attribution, Share } from "#app/core/attribution/attribution.ts";
import { conversionsOfShares } from "#app/core/conversions/conversions-of-shares.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import type { PipelineStores } from "#app/core/ports/store.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const ANNA = { partnerId: "10001" as PartnerId, name: "Anna Able" };
const BEN = { partnerId: "10002" as PartnerId, name: "Ben Baker" };

/** Anna by her code, Ben by his click. */
export function annaAndBen([code, click]: [number, number], clickId = "click-1"): Share[] {
  const byCode = { kind: "code" as const, code: "ANNA10" as DiscountCode };
  return [
    { key: "code", weight: code, partner: ANNA, by: byCode },
    { key: "click", weight: click, partner: BEN, by: { kind: "click", clickId } },
  ];
}

/** A visitor comes through a partner's link, well before any order of the test. */
export function clickOf({ account, clock }: World, partnerId: string, id = "click-1"): void {
  const at = new Date(clock.now().getTime() - 86_400_000);
  addClick(account, { id, partnerId, programId: PROGRAM_ID, at });
}

/**
 * From now on every order that would be one partner's is shared so, as a rule would have it. Gives
 * back what ends that.
 */
export function shareOrders({ ports: { store } }: World, shares: readonly Share[]): () => void {
  const inPipeline = store.inPipeline.bind(store);
  const inTransaction = store.inTransaction.bind(store);
  store.inPipeline = (work) => inPipeline((tx) => work(sharing(tx, shares)));
  store.inTransaction = (work) => inTransaction((tx) => work(sharing(tx, shares)));
  return () => Object.assign(store, { inPipeline, inTransaction });
}

function sharing<Given extends PipelineStores>(tx: Given, shares: readonly Share[]): Given {
  const createAll: PipelineStores["conversions"]["createAll"] = async (shop, wholes, now) => {
    const orders = await tx.orders.findAll(
      shop,
      wholes.map(({ orderId }) => orderId),
    );
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    const parts = wholes.flatMap((whole) => {
      const order = byId.get(whole.orderId);
      return order ? conversionsOfShares(order, shares, whole) : [];
    });
    return tx.conversions.createAll(shop, parts, now);
  };
  const saveDecisions: PipelineStores["orders"]["saveDecisions"] = (shop, decisions, now) => {
    const shared = decisions.map((decision) => {
      return { ...decision, attribution: sharedBy(decision.attribution, shares) };
    });
    return tx.orders.saveDecisions(shop, shared, now);
  };
  return {
    ...tx,
    conversions: { ...tx.conversions, createAll },
    orders: { ...tx.orders, saveDecisions },
  };
}

function sharedBy(attribution: Attribution | null, shares: readonly Share[]): Attribution | null {
  const [first, ...others] = shares;
  if (attribution?.outcome !== "credited" || !first) return attribution;
  return { ...attribution, shares: [first, ...others] };
}
