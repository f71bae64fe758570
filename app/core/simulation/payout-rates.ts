import type { PartnerId, ShopDomain } from "../ids.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * What impact.com pays a partner, and what it has credited to them, taken down to net values whatever
 * the shop reports. Both are in its account's currency.
 */
export interface PayoutRate {
  netMinor: number;
  payoutMinor: number;
}

export interface PayoutRates {
  byPartner: ReadonlyMap<PartnerId, PayoutRate>;
  /** False: no order tells what the amounts that the shop reports add to net values, so nobody's is known. */
  isBasisTold: boolean;
  /** False: impact.com did not list everything in the time there was. */
  isWhole: boolean;
}

/** How many days of actions tell it. */
export const PAYOUT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Whoever tries a rule waits no longer for it. */
const LONGEST_WAIT_MS = 2_000;

/**
 * What each partner was paid lately, by the list of actions, as a contract's terms can't be asked for in
 * a form that says so (reference/impact.md, 5 and 6). Of a whole list, partners who are not named were
 * credited nothing; otherwise they may stand on pages that did not come in time.
 */
export async function readPayoutRates(
  { store, impact, clock, pause }: Pick<Ports, "store" | "impact" | "clock" | "pause">,
  shop: ShopDomain,
): Promise<PayoutRates> {
  const late = pause(LONGEST_WAIT_MS).then(() => null);
  const paid = new Map<PartnerId, Paid>();
  const connection = await store.connections.find(shop);
  if (!connection?.program) return { byPartner: new Map(), isBasisTold: true, isWhole: true };
  const { programId, eventTypeId } = connection.program;
  const to = clock.now();
  const query = { programId, from: new Date(to.getTime() - PAYOUT_DAYS * DAY_MS), to };
  const netPart = await netPartOf(store, shop, query.from);
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const asked = impact.listActions(connection.credentials, { ...query, page });
    const listed = await Promise.race([asked, late]);
    if (!listed?.ok) return { ...onNet(paid, netPart), isWhole: false };
    pages = listed.value.pages;
    const ours = listed.value.actions.filter((action) => action.eventTypeId === eventTypeId);
    addUp(paid, ours);
  }
  return { ...onNet(paid, netPart), isWhole: true };
}

interface Paid {
  amountMinor: number;
  payoutMinor: number;
}

/** How much of what the shop reports is net of discounts and tax; null: no order tells. */
async function netPartOf(
  store: Pick<Ports["store"], "shops" | "replays">,
  shop: ShopDomain,
  since: Date,
): Promise<number | null> {
  const { amountBasis: basis } = await store.shops.reportSettings(shop);
  if (basis === "net") return 1;
  const { netMinor, reportedMinor } = await store.replays.sumReported(shop, { basis, since });
  return reportedMinor > 0 ? netMinor / reportedMinor : null;
}

function onNet(
  paid: ReadonlyMap<PartnerId, Paid>,
  netPart: number | null,
): Pick<PayoutRates, "byPartner" | "isBasisTold"> {
  if (netPart === null || netPart <= 0) return { byPartner: new Map(), isBasisTold: false };
  const byPartner = new Map(
    [...paid].map(([partnerId, { amountMinor, payoutMinor }]) => [
      partnerId,
      { netMinor: amountMinor * netPart, payoutMinor },
    ]),
  );
  return { byPartner, isBasisTold: true };
}

function addUp(rates: Map<PartnerId, Paid>, actions: readonly ImpactAction[]): void {
  for (const { partnerId, amountMinor, payoutMinor, state } of actions) {
    if (state === "reversed" || !amountMinor || payoutMinor === null) continue;
    const before = rates.get(partnerId) ?? { amountMinor: 0, payoutMinor: 0 };
    rates.set(partnerId, {
      amountMinor: before.amountMinor + amountMinor,
      payoutMinor: before.payoutMinor + payoutMinor,
    });
  }
}

/** The commission on an order's net value at that rate, in minor units of the same currency. */
export function commissionOn(minor: number, { netMinor, payoutMinor }: PayoutRate): number {
  return Math.round((minor * payoutMinor) / netMinor);
}
