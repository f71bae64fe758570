import { addAccount, addPartner, addProgram, createImpactState } from "./create-state.ts";
import type { Rules } from "./rules.ts";
import type { Account, ImpactState } from "./state.ts";

export interface Acme {
  state: ImpactState;
  account: Account;
  /** Moves the clock on. */
  wait(ms: number): void;
}

/** A small brand for this folder's tests: one program, ANNA 10000 and BEN 10001 at 10 %. */
export function acme(rules: Partial<Rules> = {}): Acme {
  let now = new Date("2026-03-10T12:00:00Z");
  const state = createImpactState({ clock: { now: () => now }, rules });
  const account = addAccount(state, { sid: "IRacme", token: "secret", currency: "USD" });
  addProgram(account, {
    id: "1000",
    name: "Acme",
    promoCodeTracking: true,
    eventTypes: [{ id: "4000", name: "Online Sale", category: "SALE", code: "ACME_SALE" }],
  });
  for (const [id, name] of [
    ["10000", "Anna Able"],
    ["10001", "Ben Baker"],
  ] as const) {
    const startsAt = new Date("2026-01-01T00:00:00Z");
    const contract = { programId: "1000", payoutPercent: 10, startsAt, state: "ACTIVE" } as const;
    addPartner(account, { id, name, email: `${id}@partner.example`, contract });
  }
  const wait = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  return { state, account, wait };
}

/** A conversion's form: two items of 25.00 and one of 10.00, with what the test adds or drops. */
export function conversionForm(changes: Record<string, string | null> = {}): URLSearchParams {
  const fields: Record<string, string | null> = {
    CampaignId: "1000",
    EventTypeId: "4000",
    EventDate: "2026-03-10T11:59:00+00:00",
    OrderId: "5500001",
    OrderPromoCode: "ANNA10",
    CurrencyCode: "USD",
    ItemSku1: "CAP",
    ItemName1: "Cap",
    ItemCategory1: "Hats",
    ItemQuantity1: "2",
    ItemPrice1: "25.00",
    ItemSku2: "SOCK",
    ItemName2: "Sock",
    ItemCategory2: "Socks",
    ItemQuantity2: "1",
    ItemPrice2: "10.00",
    ...changes,
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null) form.set(name, value);
  return form;
}
