import type { Code, Discount } from "../codes/discount.ts";
import type { Registered } from "../codes/take-standing.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";

/** A code whose registration stands at impact.com already, for that partner. */
export interface StandingCode extends Registered {
  codeId: string;
  partnerId: PartnerId;
}

/** Codes that wait for a registration of their own and may have one: impact.com is asked before it is told. */
export interface StandingCodeStore {
  countToAsk(shop: ShopDomain): Promise<number>;
  /** Of these texts, the codes that may have one, with when their discounts run. */
  findToAsk(
    shop: ShopDomain,
    codes: readonly DiscountCode[],
  ): Promise<{ code: Code; discount: Pick<Discount, "startsAt" | "endsAt"> }[]>;
  /** They are registered, but those that somebody is registering now or that went to another partner; gives their ids. */
  saveStanding(shop: ShopDomain, standing: readonly StandingCode[], now: Date): Promise<string[]>;
  /** impact.com has them otherwise: they have failed. */
  saveDiffering(
    shop: ShopDomain,
    differing: readonly { codeId: string; problem: string }[],
    now: Date,
  ): Promise<void>;
  /** None of those that are left has one: impact.com is told without being asked, but where a try has gone wrong since. */
  forgetTries(shop: ShopDomain): Promise<void>;
}
