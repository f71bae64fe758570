import type { MoneySet } from "#test/sandbox/shopify/orders/money-set.ts";

/** A part of a REST payload, as an order keeps it. */
export type Json = Record<string, unknown>;

export function listOf(payload: Json, key: string): Json[] {
  const value = payload[key];
  return Array.isArray(value) ? (value as Json[]) : [];
}

export function textOf(payload: Json, key: string): string | null {
  const value = payload[key];
  return value === null || value === undefined ? null : String(value);
}

/** MoneyBag, from the `…_set` of a payload. */
export function moneyBagOf(payload: Json, key: string) {
  const { shop_money: shop, presentment_money: presentment } = payload[key] as MoneySet;
  return {
    shopMoney: { amount: shop.amount, currencyCode: shop.currency_code },
    presentmentMoney: { amount: presentment.amount, currencyCode: presentment.currency_code },
  };
}
