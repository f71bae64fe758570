import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** What impact.com pays a partner on what it has credited to them, both in its account's currency. */
export interface PayoutRate {
  amountMinor: number;
  payoutMinor: number;
}

/** How many days of actions tell it. */
export const PAYOUT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Whoever tries a rule waits no longer for it. */
const LONGEST_WAIT_MS = 2_000;

/**
 * What each partner was paid lately, by one request, as a contract's terms can't be asked for in a form
 * that says so (reference/impact.md, 5 and 6). Partners who are not named were credited nothing, or
 * impact.com did not answer in time.
 */
export async function readPayoutRates(
  ports: Pick<Ports, "store" | "impact" | "clock" | "pause">,
  shop: ShopDomain,
): Promise<Map<PartnerId, PayoutRate>> {
  const late = ports.pause(LONGEST_WAIT_MS).then(() => new Map<PartnerId, PayoutRate>());
  return Promise.race([ratesOf(ports, shop), late]);
}

async function ratesOf(
  { store, impact, clock }: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
): Promise<Map<PartnerId, PayoutRate>> {
  const rates = new Map<PartnerId, PayoutRate>();
  const connection = await store.connections.find(shop);
  if (!connection?.program) return rates;
  const { programId, eventTypeId } = connection.program;
  const to = clock.now();
  const from = new Date(to.getTime() - PAYOUT_DAYS * DAY_MS);
  const listed = await impact.listActions(connection.credentials, { programId, from, to, page: 1 });
  if (!listed.ok) return rates;
  for (const action of listed.value.actions) {
    const { partnerId, amountMinor, payoutMinor, state } = action;
    const counts = state !== "reversed" && action.eventTypeId === eventTypeId;
    if (!counts || !amountMinor || payoutMinor === null) continue;
    const before = rates.get(partnerId) ?? { amountMinor: 0, payoutMinor: 0 };
    rates.set(partnerId, {
      amountMinor: before.amountMinor + amountMinor,
      payoutMinor: before.payoutMinor + payoutMinor,
    });
  }
  return rates;
}

/** What of an order's value is commission at that rate, in minor units of the same currency. */
export function commissionOn(minor: number, { amountMinor, payoutMinor }: PayoutRate): number {
  return Math.round((minor * payoutMinor) / amountMinor);
}
