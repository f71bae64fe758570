import type { Discount as DiscountRow, Prisma } from "@prisma/client";
import { z } from "zod";
import type {
  Chosen,
  Discount,
  DiscountBuyers,
  DiscountDetails,
  DiscountItems,
  DiscountTerms,
  DiscountValue,
} from "#app/core/codes/discount.ts";
import type { ShopDomain } from "#app/core/ids.ts";

/** A discount's terms as they are stored. */
export function termsColumns(terms: DiscountTerms) {
  return {
    title: terms.title,
    ...valueColumns(terms.value),
    currency: terms.currency,
    startsAt: terms.startsAt,
    endsAt: terms.endsAt,
    usageLimit: terms.usageLimit,
    oncePerCustomer: terms.oncePerCustomer,
    combines: terms.combines,
    minimumMinor: terms.minimumMinor,
    ...detailColumns(terms),
  };
}

function valueColumns(value: DiscountValue) {
  const columns = { valueKind: value.kind, basisPoints: null, amountMinor: null };
  switch (value.kind) {
    case "percentage":
      return { ...columns, basisPoints: value.basisPoints };
    case "amount":
    case "amount-each":
      return { ...columns, amountMinor: value.minor };
    case "free-shipping":
      return { ...columns, amountMinor: value.mostMinor };
    case "other":
      return columns;
  }
}

function detailColumns({ items, buyers, ...details }: DiscountDetails) {
  return {
    itemsKind: items.kind,
    items: toJson("chosen" in items ? items.chosen : []),
    buyersKind: buyers.kind,
    segments: toJson("chosen" in buyers ? buyers.chosen : []),
    minimumQuantity: details.minimumQuantity,
    combinesProducts: details.combinesProducts,
    combinesShipping: details.combinesShipping,
    purchases: details.purchases,
    cycles: details.cycles,
    tags: details.tags,
  };
}

function toJson(chosen: readonly Chosen[]): Prisma.InputJsonValue {
  return chosen.map(({ id, title }) => ({ id, title }));
}

export function toDiscount(row: DiscountRow): Discount {
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    shopifyId: row.shopifyId,
    title: row.title,
    value: toValue(row),
    currency: row.currency,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    usageLimit: row.usageLimit,
    oncePerCustomer: row.oncePerCustomer,
    combines: row.combines,
    minimumMinor: row.minimumMinor === null ? null : Number(row.minimumMinor),
    ...toDetails(row),
    createdAt: row.createdAt,
    deactivatedAt: row.deactivatedAt,
    plannedEndsAt: row.plannedEndsAt,
    deletedAt: row.deletedAt,
  };
}

function toValue({ valueKind, basisPoints, amountMinor }: DiscountRow): DiscountValue {
  switch (valueKind) {
    case "percentage":
      return { kind: "percentage", basisPoints: basisPoints ?? 0 };
    case "amount":
    case "amount-each":
      return { kind: valueKind, minor: Number(amountMinor ?? 0) };
    case "free-shipping":
      return { kind: valueKind, mostMinor: amountMinor === null ? null : Number(amountMinor) };
    default:
      return { kind: "other" };
  }
}

const purchases = z.enum(["one-time", "subscription", "both"]);
const chosen = z.array(z.object({ id: z.string(), title: z.string() }));

function toDetails(row: DiscountRow): DiscountDetails {
  return {
    items: toItems(row),
    buyers: toBuyers(row),
    minimumQuantity: row.minimumQuantity,
    combinesProducts: row.combinesProducts,
    combinesShipping: row.combinesShipping,
    purchases: purchases.parse(row.purchases),
    cycles: row.cycles,
    tags: row.tags,
  };
}

function toItems({ itemsKind, items }: DiscountRow): DiscountItems {
  if (itemsKind === "products" || itemsKind === "collections") {
    return { kind: itemsKind, chosen: chosen.parse(items) };
  }
  return { kind: itemsKind === "all" ? "all" : "other" };
}

function toBuyers({ buyersKind, segments }: DiscountRow): DiscountBuyers {
  if (buyersKind === "segments") return { kind: "segments", chosen: chosen.parse(segments) };
  return { kind: buyersKind === "all" ? "all" : "other" };
}
