import type { Attribution } from "../attribution/attribution.ts";
import type { Click } from "../attribution/click.ts";
import type { ToldClick } from "../attribution/gather-clicks.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";

/** What a checkout's pixel told. */
export interface PixelClick {
  checkoutHash: string;
  clickId: string;
  seenAt: Date | null;
}

/** Whose a click was, as impact.com says. */
export interface ClickLookUp {
  clickId: string;
  /** "not-told": it may not be asked. */
  verdict: "known" | "unknown-there" | "other-program" | "not-told";
  partner: Click["partner"];
  clickedAt: Date | null;
  /** When it was last said. */
  lookedAt: Date;
  /** From when to when the partner had no contract with the program any more; null: they have not left, or not come back. */
  partnerLeftAt: Date | null;
  partnerBackAt: Date | null;
  /** The partner had a code registered as ALWAYS when it came; false too where its time isn't told. */
  isUntracked: boolean;
  /** An earlier token was not told, and the one that is connected now has not asked. */
  isOvertaken: boolean;
}

/** What follows from the partner, their codes and the connection is not part of the look-up. */
export type SavedLookUp = Omit<
  ClickLookUp,
  "lookedAt" | "partnerLeftAt" | "partnerBackAt" | "isUntracked" | "isOvertaken"
>;

/** A click by which impact.com was told of an order, and would pay nobody. */
export interface ClickRefusal {
  orderId: OrderId;
  clickId: string;
  /** impact.com's reason code. */
  reason: string;
  refusedAt: Date;
}

export interface NewestLookUp {
  verdict: ClickLookUp["verdict"];
  lookedAt: Date;
}

export interface ClickStore {
  /** Stores it once for each checkout; false: the checkout has told one before, and that one stands. */
  record(shop: ShopDomain, click: PixelClick, now: Date): Promise<boolean>;
  /** What the pixel told of these orders' checkouts, which from then on is kept with them. */
  takeFor(
    shop: ShopDomain,
    orders: readonly Pick<OrderFacts, "orderId" | "checkoutHash">[],
  ): Promise<Map<OrderId, ToldClick>>;
  /** Those kept with an order. */
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<ToldClick[]>;
  /** Of these orders, those of which all was dropped by `forgetAll`, with their decisions: never decided ones are left out. */
  listRedacted(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<Map<OrderId, Attribution>>;
  /** What is known of these clicks, by click id. */
  listLookUps(shop: ShopDomain, clickIds: readonly string[]): Promise<Map<string, ClickLookUp>>;
  /** What impact.com said when it was last asked whose a click was; null: it never was. */
  findNewestLookUp(shop: ShopDomain): Promise<NewestLookUp | null>;
  /** The newest word stands. */
  saveLookUp(shop: ShopDomain, lookUp: SavedLookUp, now: Date): Promise<void>;
  /** Until then nobody else starts to ask about the shop's clicks; false: somebody has, and is not past his time. */
  claimLookUps(shop: ShopDomain, run: { now: Date; until: Date }): Promise<boolean>;
  saveLookUpsUntil(shop: ShopDomain, until: Date): Promise<void>;
  /** Stores it once for each order and click: the first word stands. */
  saveRefusal(shop: ShopDomain, refusal: ClickRefusal): Promise<void>;
  /** Oldest first. */
  listRefusals(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<ClickRefusal[]>;
  /** Drops every click id of these orders, and what names their checkouts, for good: no version of them brings it back. Who earns them stays, and so do their decisions and refusals. */
  forgetAll(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<void>;
  /** From which orders on landing pages are read for clicks; null: they are not. */
  findLandingsFrom(shop: ShopDomain): Promise<Date | null>;
  saveLandingsFrom(shop: ShopDomain, from: Date | null): Promise<void>;
  /** The shop's own name of the click id on landing pages; null: it has none. */
  findParameter(shop: ShopDomain): Promise<string | null>;
  saveParameter(shop: ShopDomain, name: string | null): Promise<void>;
  /** Whether the checkout's pixel was on when Shopify was last asked. */
  findPixelOn(shop: ShopDomain): Promise<boolean>;
  savePixelOn(shop: ShopDomain, isOn: boolean): Promise<void>;
}
