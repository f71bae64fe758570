import type { Chosen } from "./discount.ts";

/** What a form says of a discount's terms, field by field as the merchant typed it. */
export interface TermsDraft {
  title: string;
  valueKind: "percentage" | "amount" | "amount-each" | "free-shipping";
  /** Percent or money; nothing where shipping is free. */
  value: string;
  /** The dearest shipping that is free; "" is any. */
  mostShipping: string;
  itemsKind: "all" | "products" | "collections";
  /** Products or collections, as `itemsKind` says. */
  items: Chosen[];
  buyersKind: "all" | "segments";
  segments: Chosen[];
  purchases: "one-time" | "subscription" | "both";
  /** Payments of a subscription; "" is all. */
  cycles: string;
  /** yyyy-mm-dd, a day in the shop's time zone. */
  startsOn: string;
  /** Last day of the discount; "" is without end. */
  endsOn: string;
  /** "" is without limit. */
  usageLimit: string;
  oncePerCustomer: boolean;
  /** With order discounts. */
  combines: boolean;
  combinesProducts: boolean;
  combinesShipping: boolean;
  minimumKind: "subtotal" | "quantity";
  /** Money or items, as `minimumKind` says; "" is without minimum. */
  minimum: string;
  /** Separated by commas. */
  tags: string;
}

export type TermsField = Exclude<
  keyof TermsDraft,
  | "valueKind"
  | "itemsKind"
  | "buyersKind"
  | "minimumKind"
  | "oncePerCustomer"
  | "combines"
  | "combinesProducts"
  | "combinesShipping"
>;

export interface TermsProblem {
  field: TermsField;
  message: string;
}

/** Takes a sentence for a field. */
export type Complain = (field: TermsField, message: string) => void;

/** What reading a form needs of the shop. */
export interface ShopNow {
  currency: string;
  timeZone: string;
  now: Date;
}
