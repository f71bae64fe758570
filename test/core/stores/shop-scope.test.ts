import { expect, test } from "vitest";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Stores } from "#app/core/ports/store.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** Ids of things that all belong to the second shop. */
interface Theirs {
  orderId: OrderId;
  deliveryId: string;
  conversionId: string;
  submissionId: string;
  discountId: string;
  batchId: string;
  codeId: string;
  code: DiscountCode;
  partnerId: PartnerId;
}

async function theirIds({ prisma, domain: shop }: World): Promise<Theirs> {
  const where = { shop };
  const conversion = await prisma.conversion.findFirstOrThrow({ where });
  const { submissionId } = await prisma.submission.findFirstOrThrow({ where });
  const delivery = await prisma.delivery.findFirstOrThrow({ where });
  const batch = await prisma.batch.findFirstOrThrow({ where });
  const code = await prisma.code.findFirstOrThrow({ where });
  return {
    orderId: conversion.orderId as OrderId,
    deliveryId: delivery.id,
    conversionId: conversion.id,
    submissionId,
    discountId: batch.discountId,
    batchId: batch.id,
    codeId: code.id,
    code: code.code as DiscountCode,
    partnerId: conversion.partnerId as PartnerId,
  };
}

async function twoShops() {
  const world = await createWorld();
  const other = await withSecondShop(world);
  return { store: world.ports.store, mine: world.domain, other, theirs: await theirIds(other) };
}

const NOTHING = { reported: 0, ignored: 0, waiting: 0, failed: 0 };
const LATER = new Date("2027-01-01T00:00:00Z");

type Read = (store: Stores, shop: ShopDomain, theirs: Theirs) => Promise<unknown>;

const READS: [name: string, read: Read, nothing: unknown][] = [
  ["shops.find", (s, shop) => s.shops.find(shop), null],
  ["connections.find", (s, shop) => s.connections.find(shop), null],
  ["partners.list", (s, shop) => s.partners.list(shop), []],
  ["partners.count", (s, shop) => s.partners.count(shop), { all: 0, withContract: 0 }],
  ["partners.find", (s, shop, { partnerId }) => s.partners.find(shop, partnerId), null],
  ["partners.findSync", (s, shop) => s.partners.findSync(shop), null],
  ["discounts.find", (s, shop, { discountId }) => s.discounts.find(shop, discountId), null],
  ["discounts.findByDraftKey", (s, shop) => s.discounts.findByDraftKey(shop, "second"), null],
  ["discounts.list", (s, shop) => s.discounts.list(shop), []],
  ["discounts.findBatch", (s, shop, { batchId }) => s.discounts.findBatch(shop, batchId), null],
  ["discounts.newestBatch", (s, shop, t) => s.discounts.newestBatch(shop, t.discountId), null],
  ["codes.find", (s, shop, { codeId }) => s.codes.find(shop, codeId), null],
  ["codes.findByCode", (s, shop, { code }) => s.codes.findByCode(shop, code), null],
  ["codes.listForDiscount", (s, shop, t) => s.codes.listForDiscount(shop, t.discountId), []],
  ["codes.listTexts", (s, shop) => s.codes.listTexts(shop, 9), []],
  ["codes.listUnregistered", (s, shop) => s.codes.listUnregistered(shop), []],
  ["codes.known", (s, shop, { code }) => s.codes.known(shop, [code], LATER), []],
  ["codes.count", (s, shop) => s.codes.count(shop), { all: 0, live: 0, registered: 0, failed: 0 }],
  ["deliveries.find", (s, shop, { deliveryId }) => s.deliveries.find(shop, deliveryId), null],
  ["deliveries.listForOrder", (s, shop, t) => s.deliveries.listForOrder(shop, t.orderId), []],
  [
    "deliveries.listFailed",
    (s, shop) => s.deliveries.listFailed(shop, { since: new Date(0), limit: 10 }),
    [],
  ],
  ["orders.find", (s, shop, { orderId }) => s.orders.find(shop, orderId), null],
  [
    "orders.findAttribution",
    (s, shop, { orderId }) => s.orders.findAttribution(shop, orderId),
    null,
  ],
  ["orders.page", (s, shop) => s.orders.page(shop, { limit: 9 }), { orders: [], nextCursor: null }],
  ["orders.countByState", (s, shop) => s.orders.countByState(shop), NOTHING],
  [
    "orders.listWaitingFor",
    (s, shop) => s.orders.listWaitingFor(shop, "not-connected", { after: null, limit: 9 }),
    [],
  ],
  ["conversions.find", (s, shop, t) => s.conversions.find(shop, t.conversionId), null],
  ["conversions.listForOrder", (s, shop, t) => s.conversions.listForOrder(shop, t.orderId), []],
  [
    "conversions.listUnsentForCode",
    (s, shop, t) => s.conversions.listUnsentForCode(shop, t.code),
    [],
  ],
  [
    "conversions.findSubmission",
    (s, shop, t) => s.conversions.findSubmission(shop, t.submissionId),
    null,
  ],
  [
    "conversions.listSubmissions",
    (s, shop, t) => s.conversions.listSubmissions(shop, [t.conversionId]),
    [],
  ],
];

test("no read gives a shop anything of another's, with the other's ids in hand", async () => {
  const { store, mine, other, theirs } = await twoShops();
  for (const [name, read, nothing] of READS) {
    expect(await read(store, mine, theirs), name).toEqual(nothing);
  }
  // The ids are good: their own shop finds something with most of them.
  const found = await Promise.all(READS.map(([, read]) => read(store, other.domain, theirs)));
  expect(found[0]).toMatchObject({ name: "Coffee House" });
  expect(found.filter((value) => value === null)).toEqual([]);
});

test("every read of every store is in the table above", async () => {
  const { store } = await twoShops();
  const named = new Set(READS.map(([name]) => name));
  const isRead = /^(find|list|count|known|page|newest)/;
  const reads = Object.entries(store).flatMap(([part, methods]) =>
    Object.keys(methods as object)
      .filter((method) => isRead.test(method))
      .map((method) => `${part}.${method}`),
  );
  expect(reads.filter((name) => !named.has(name))).toEqual([]);
  expect(reads.length).toBe(READS.length);
});

const FAILED = { state: "failed", problem: "not yours" } as const;

const WRITES: [
  name: string,
  write: (store: Stores, shop: ShopDomain, t: Theirs) => Promise<unknown>,
][] = [
  [
    "discounts.saveShopifyId",
    (s, shop, t) => s.discounts.saveShopifyId(shop, t.discountId, "gid://x"),
  ],
  [
    "codes.saveShopifyState",
    (s, shop, t) => s.codes.saveShopifyState(shop, t.codeId, FAILED, LATER),
  ],
  [
    "codes.claimForRegistration",
    (s, shop, t) => s.codes.claimForRegistration(shop, t.codeId, { now: LATER, until: LATER }),
  ],
  [
    "codes.saveImpactState",
    (s, shop, t) => s.codes.saveImpactState(shop, t.codeId, { ...FAILED, attempts: 9 }, LATER),
  ],
  ["codes.forgetRegistrations", (s, shop) => s.codes.forgetRegistrations(shop)],
  [
    "deliveries.markProcessed",
    (s, shop, t) => s.deliveries.markProcessed(shop, t.deliveryId, LATER),
  ],
  [
    "orders.saveStatus",
    (s, shop, t) => s.orders.saveStatus(shop, t.orderId, { ...FAILED, reason: "refused" }, LATER),
  ],
  ["orders.forgetCustomers", (s, shop, t) => s.orders.forgetCustomers(shop, [t.orderId])],
  ["conversions.forgetCustomers", (s, shop, t) => s.conversions.forgetCustomers(shop, [t.orderId])],
  [
    "conversions.claim",
    (s, shop, t) => s.conversions.claim(shop, t.conversionId, { now: LATER, until: LATER }),
  ],
  [
    "partners.endContractsNotSeenSince",
    (s, shop) => s.partners.endContractsNotSeenSince(shop, LATER),
  ],
  ["partners.startSync", (s, shop) => s.partners.startSync(shop, "1", LATER)],
  ["partners.stopSync", (s, shop) => s.partners.stopSync(shop, "not yours", LATER)],
  ["connections.remove", (s, shop) => s.connections.remove(shop)],
  ["shops.uninstall", (s, shop) => s.shops.uninstall(shop, LATER)],
  ["shops.erase", (s, shop) => s.shops.erase(shop)],
];

async function everythingOf({ prisma, domain: shop }: World): Promise<string> {
  const where = { shop };
  const rows = await Promise.all([
    prisma.shop.findMany({ where: { domain: shop } }),
    prisma.impactAccount.findMany({ where }),
    prisma.program.findMany({ where }),
    prisma.partner.findMany({ where, orderBy: { partnerId: "asc" } }),
    prisma.partnerSync.findMany({ where }),
    prisma.discount.findMany({ where }),
    prisma.code.findMany({ where }),
    prisma.batch.findMany({ where }),
    prisma.delivery.findMany({ where, orderBy: { id: "asc" } }),
    prisma.order.findMany({ where, orderBy: { orderId: "asc" } }),
    prisma.conversion.findMany({ where }),
    prisma.submission.findMany({ where }),
  ]);
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

test("no write of a shop changes anything of another's, with the other's ids in hand", async () => {
  const { store, mine, other, theirs } = await twoShops();
  const before = await everythingOf(other);
  for (const [name, write] of WRITES) {
    await write(store, mine, theirs);
    expect(await everythingOf(other), name).toBe(before);
  }
  expect(await rowsOfShop(other, other.domain)).toMatchObject({ Order: 2, Conversion: 1 });
});

test("a repeat of another shop's webhook id is a delivery of its own", async () => {
  const { store, mine, other } = await twoShops();
  const [theirs] = await other.prisma.delivery.findMany({ where: { shop: other.domain } });
  const content = { kind: "notice" } as const;
  const incoming = { eventId: null, topic: "app/uninstalled", triggeredAt: null, content };
  const webhookId = theirs?.webhookId ?? "";
  const recorded = await store.deliveries.record({ ...incoming, shop: mine, webhookId }, LATER);
  expect(recorded.isNew).toBe(true);
  expect(recorded.deliveryId).not.toBe(theirs?.id);
});
